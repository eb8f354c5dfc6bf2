# Beside what an organisation has already: its bucket, bus, topic for alarms, key, log groups. They must be there; whoever owns them keeps their settings and policies.
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

# Its policy must grant what modules/data-to-events/kms.tf grants.
data "aws_kms_alias" "ours" {
  name = "alias/our-key"
}

# Its policy, and that of its key, must let cloudwatch.amazonaws.com publish.
data "aws_sns_topic" "ours" {
  name = "our-alarms"
}

module "data_to_events" {
  source = "../../modules/data-to-events"

  name       = "orders"
  encryption = { key = "customer", kms_key_arn = data.aws_kms_alias.ours.target_key_arn }
  lake       = { bucket = "our-lake" }
  bus        = { existing = "our-bus" }
  alarms     = { topic_arn = data.aws_sns_topic.ours.arn }

  functions = {
    packages   = "../../../artifacts"
    log_groups = { transformer = "/our/logs", event_storer = "/our/logs", integration_event_emitter = "/our/logs", event_responder = "/our/logs", event_responder_api = "/our/logs" }
  }
}

output "operator_actions" {
  description = "What a person's role must be allowed to run `operator`."
  value       = module.data_to_events.operator_actions
}
