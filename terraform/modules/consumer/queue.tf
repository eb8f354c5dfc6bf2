# Between rule and function, where one invocation an event is too many (docs/capacity.md): the function then takes events in batches.
module "queue" {
  count  = local.queued ? 1 : 0
  source = "../sqs"

  name                       = "${var.name}-consumer"
  visibility_timeout_seconds = 6 * var.respond.size.timeout_seconds
  kms_key_arn                = var.kms_key_arn
  senders                    = { Rule = { service = "events.amazonaws.com", source_arns = [aws_cloudwatch_event_rule.this.arn] } }

  # What the function cannot take ends in the same place as what the bus could not hand over.
  dead_letter_arn = module.dead_letters.arn
  max_receives    = var.respond.queue.max_receives
}

resource "aws_lambda_event_source_mapping" "queue" {
  count = local.queued ? 1 : 0

  event_source_arn                   = module.queue[0].arn
  function_name                      = module.respond.live_arn
  batch_size                         = var.respond.queue.batch_size
  maximum_batching_window_in_seconds = var.respond.queue.batching_seconds
  function_response_types            = ["ReportBatchItemFailures"]

  dynamic "scaling_config" {
    for_each = var.respond.queue.max_concurrency == 0 ? [] : [var.respond.queue.max_concurrency]

    content {
      maximum_concurrency = scaling_config.value
    }
  }

  dynamic "provisioned_poller_config" {
    for_each = var.respond.queue.pollers[*]

    content {
      minimum_pollers = provisioned_poller_config.value.minimum
      maximum_pollers = provisioned_poller_config.value.maximum
    }
  }
}
