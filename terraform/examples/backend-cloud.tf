# State and runs in Terraform Cloud. Copy to terraform/, `terraform login`, then: terraform/run init -migrate-state
# Use a workspace with local execution, or upload the packages: a remote run does not see artifacts/.
terraform {
  cloud {
    organization = "my-organization"

    workspaces {
      name = "data-events"
    }
  }
}
