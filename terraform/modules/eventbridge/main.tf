locals {
  bus = var.existing ? { name = data.aws_cloudwatch_event_bus.existing[0].name, arn = data.aws_cloudwatch_event_bus.existing[0].arn } : { name = aws_cloudwatch_event_bus.this[0].name, arn = aws_cloudwatch_event_bus.this[0].arn }

  has_dead_letters = !var.existing && var.kms_key_arn != null
}

data "aws_cloudwatch_event_bus" "existing" {
  count = var.existing ? 1 : 0

  name = var.name
}

resource "aws_cloudwatch_event_bus" "this" {
  count = var.existing ? 0 : 1

  name               = var.name
  kms_key_identifier = var.kms_key_arn

  # PutEvents says yes before the bus has used the key. What it then cannot encrypt is dropped unless there is a queue for it.
  dynamic "dead_letter_config" {
    for_each = var.kms_key_arn[*]

    content {
      arn = module.dead_letters[0].arn
    }
  }
}

# With SQS's own key: the queue must take events just when the customer's key is disabled or gone.
module "dead_letters" {
  count  = local.has_dead_letters ? 1 : 0
  source = "../sqs"

  name    = var.dead_letter_name
  senders = { Bus = { service = "events.amazonaws.com", source_arns = [aws_cloudwatch_event_bus.this[0].arn] } }
}

resource "aws_cloudwatch_event_archive" "this" {
  count = var.archive == null ? 0 : 1

  name             = var.archive.name
  event_source_arn = local.bus.arn
  retention_days   = var.archive.days
  event_pattern    = jsonencode({ source = [var.source_name] })
}

# EventBridge can only discover on a bus without a customer's key.
resource "aws_schemas_discoverer" "this" {
  count = var.schema_discovery ? 1 : 0

  source_arn  = local.bus.arn
  description = "Schemas of the events on ${var.name}"

  lifecycle {
    precondition {
      condition     = var.kms_key_arn == null
      error_message = "bus.schema_discovery does not work with encryption.key = \"customer\": EventBridge does not discover on a bus that has a key of yours."
    }
  }
}

# Accounts of consumers: each makes and changes its own rules on the bus, and no other's (Amazon EventBridge User Guide, "Permissions for Amazon EventBridge event buses").
data "aws_iam_policy_document" "consumers" {
  count = length(var.consumer_accounts) == 0 ? 0 : 1

  statement {
    sid = "TheirRules"
    actions = [
      "events:DeleteRule", "events:DescribeRule", "events:DisableRule", "events:EnableRule", "events:ListTagsForResource", "events:ListTargetsByRule", "events:PutRule", "events:PutTargets",
      "events:RemoveTargets", "events:TagResource", "events:UntagResource",
    ]
    resources = ["${replace(local.bus.arn, ":event-bus/", ":rule/")}/*"]

    principals {
      type        = "AWS"
      identifiers = var.consumer_accounts
    }

    condition {
      test     = "StringEqualsIfExists"
      variable = "events:creatorAccount"
      values   = ["$${aws:PrincipalAccount}"]
    }
  }

  statement {
    sid       = "SeeRules"
    actions   = ["events:DescribeEventBus", "events:ListRules"]
    resources = [local.bus.arn]

    principals {
      type        = "AWS"
      identifiers = var.consumer_accounts
    }
  }
}

resource "aws_cloudwatch_event_bus_policy" "consumers" {
  count = length(data.aws_iam_policy_document.consumers)

  event_bus_name = local.bus.name
  policy         = data.aws_iam_policy_document.consumers[0].json

  lifecycle {
    precondition {
      condition     = !var.existing
      error_message = "bus.consumer_accounts would replace the policy of the bus that you have (bus.existing): give those accounts their permissions where that policy is."
    }
  }
}
