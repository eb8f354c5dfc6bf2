resource "aws_cloudwatch_event_rule" "this" {
  name           = var.bus.rule
  description    = "What is stored reaches the consumer"
  event_bus_name = var.bus.name
  event_pattern  = var.bus.pattern
}

module "dead_letters" {
  source = "../sqs"

  name        = "${var.name}-rule-dlq"
  kms_key_arn = var.kms_key_arn
  senders     = { Rule = { service = "events.amazonaws.com", source_arns = [aws_cloudwatch_event_rule.this.arn] } }
}

resource "aws_cloudwatch_event_target" "this" {
  rule           = aws_cloudwatch_event_rule.this.name
  event_bus_name = var.bus.name
  target_id      = "event-responder"
  arn            = local.queued ? module.queue[0].arn : module.respond.live_arn

  retry_policy {
    maximum_event_age_in_seconds = var.retry_hours * 3600
    maximum_retry_attempts       = 185
  }

  dead_letter_config {
    arn = module.dead_letters.arn
  }

  lifecycle {
    precondition {
      condition     = !module.dead_letters.fifo
      error_message = "The dead-letter queue of a rule's target must be a standard queue: EventBridge does not send to a FIFO queue."
    }
  }

  # EventBridge does not try again where it lacks a permission: the event goes to the dead-letter queue.
  depends_on = [aws_lambda_permission.rule]
}

# Lambda's own queue behind the bus: two more tries, over at most six hours, before the dead-letter queue.
resource "aws_lambda_function_event_invoke_config" "this" {
  count = local.queued ? 0 : 1

  function_name                = module.respond.name
  qualifier                    = module.respond.alias
  maximum_retry_attempts       = 2
  maximum_event_age_in_seconds = min(var.retry_hours * 3600, 21600)
}

resource "aws_lambda_permission" "rule" {
  count = local.queued ? 0 : 1

  statement_id  = "Rule"
  action        = "lambda:InvokeFunction"
  function_name = module.respond.name
  qualifier     = module.respond.alias
  principal     = "events.amazonaws.com"
  source_arn    = aws_cloudwatch_event_rule.this.arn

  # A permission for another version or alias is there before the old one goes.
  lifecycle {
    create_before_destroy = true
  }
}
