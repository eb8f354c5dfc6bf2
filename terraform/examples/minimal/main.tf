# The least: what is not said is as terraform/README.md says. The region is that of your AWS environment.
terraform {
  required_version = ">= 1.10"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100, < 7.0"
    }
  }
}

provider "aws" {}

module "data_to_events" {
  source = "../../modules/data-to-events"

  functions = { packages = "../../../artifacts" }
}

output "try_next" {
  description = "Commands to try next."
  value       = module.data_to_events.try_next
}
