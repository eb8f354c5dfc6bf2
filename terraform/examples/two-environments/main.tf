# Two environments in one account and region, and a third in another region: the name tells the first two apart, the provider says where.
terraform {
  required_version = ">= 1.10"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100, < 7.0"
    }
  }
}

provider "aws" {
  region = "eu-north-1"
}

provider "aws" {
  alias  = "ireland"
  region = "eu-west-1"
}

module "data_to_events" {
  source   = "../../modules/data-to-events"
  for_each = toset(["test", "live"])

  name      = "orders-${each.key}"
  functions = { packages = "../../../artifacts" }
  bus       = { audit = each.key == "test" }
}

module "ireland" {
  source    = "../../modules/data-to-events"
  providers = { aws = aws.ireland }

  # The same name as in the other region: buckets and roles carry the region in theirs.
  name      = "orders-live"
  functions = { packages = "../../../artifacts" }
}

output "producer_actions" {
  description = "What producers must be allowed, by environment."
  value       = { for name, environment in module.data_to_events : name => environment.producer_actions }
}
