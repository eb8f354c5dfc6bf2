# What an organisation asks for: one key of yours, boundaries on roles, functions in your network with a share of the account's concurrency each, a year of logs,
# traces, a second copy of the lake, bounds for the bill. Fill in what is yours.
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

  default_tags {
    tags = { Project = "data-events", CostCentre = "4711" }
  }
}

module "data_to_events" {
  source = "../../modules/data-to-events"

  functions = {
    packages             = "../../../artifacts"
    concurrency          = { transformer = 20, event_storer = 100, integration_event_emitter = 20, event_responder = 100, event_responder_api = 10 }
    network              = { subnet_ids = ["subnet-0a", "subnet-0b"], security_group_ids = ["sg-0a"] }
    tracing              = true
    log_retention_days   = 365
    role_path            = "/data-events/"
    permissions_boundary = "arn:aws:iam::123456789012:policy/boundary"
  }

  encryption = { key = "customer", keep_key = true }

  lake = {
    glacier_after_days       = 90
    query                    = true
    expire_places_after_days = { errors = 400, quarantine = 400, recovered = 400, not_emitted = 400 }
    replication              = { bucket_arn = "arn:aws:s3:::the-copy", kms_key_arn = "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab" }
  }

  store  = { most_units = { read = 4000, write = 4000 } }
  alarms = { email = "on-call@example.com" }
}
