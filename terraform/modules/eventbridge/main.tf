resource "aws_cloudwatch_event_bus" "this" {
  name               = var.name
  kms_key_identifier = var.kms_key_arn
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
