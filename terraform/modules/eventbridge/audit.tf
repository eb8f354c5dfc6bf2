resource "aws_cloudwatch_event_rule" "audit" {
  count = var.audit == null ? 0 : 1

  name           = "${var.rule_prefix}audit"
  description    = "Everything that the path publishes, for who wants to count it"
  event_bus_name = local.bus.name
  event_pattern  = jsonencode({ source = [var.source_name] })
}

module "audit" {
  count  = var.audit == null ? 0 : 1
  source = "../sqs"

  name        = var.audit.name
  kms_key_arn = var.kms_key_arn
  senders     = { Rule = { service = "events.amazonaws.com", source_arns = [aws_cloudwatch_event_rule.audit[0].arn] } }
}

module "audit_dead_letters" {
  count  = var.audit == null ? 0 : 1
  source = "../sqs"

  name        = var.audit.dead_letter_name
  kms_key_arn = var.kms_key_arn
  senders     = { Rule = { service = "events.amazonaws.com", source_arns = [aws_cloudwatch_event_rule.audit[0].arn] } }
}

resource "aws_cloudwatch_event_target" "audit" {
  count = var.audit == null ? 0 : 1

  rule           = aws_cloudwatch_event_rule.audit[0].name
  event_bus_name = local.bus.name
  target_id      = "audit"
  arn            = module.audit[0].arn

  dead_letter_config {
    arn = module.audit_dead_letters[0].arn
  }
}
