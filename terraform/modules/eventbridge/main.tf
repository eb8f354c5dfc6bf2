resource "aws_cloudwatch_event_bus" "this" {
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
  count  = var.kms_key_arn == null ? 0 : 1
  source = "../sqs"

  name    = var.dead_letter_name
  senders = { Bus = { service = "events.amazonaws.com", source_arns = [aws_cloudwatch_event_bus.this.arn] } }
}

resource "aws_cloudwatch_event_archive" "this" {
  count = var.archive == null ? 0 : 1

  name             = var.archive.name
  event_source_arn = aws_cloudwatch_event_bus.this.arn
  retention_days   = var.archive.days
  event_pattern    = jsonencode({ source = [var.source_name] })
}

# EventBridge can only discover on a bus without a customer's key.
resource "aws_schemas_discoverer" "this" {
  count = var.schema_discovery ? 1 : 0

  source_arn  = aws_cloudwatch_event_bus.this.arn
  description = "Schemas of the events on ${var.name}"

  lifecycle {
    precondition {
      condition     = var.kms_key_arn == null
      error_message = "bus.schema_discovery does not work with encryption.key = \"customer\": EventBridge does not discover on a bus that has a key of yours."
    }
  }
}
