# State in a bucket of yours (versioned, private), locked by an object beside it. Copy to terraform/, then: terraform/run init -migrate-state
terraform {
  backend "s3" {
    bucket       = "my-terraform-state"
    key          = "data-events/terraform.tfstate"
    region       = "eu-north-1"
    encrypt      = true
    use_lockfile = true
  }
}
