module "integration_event_emitter" {
  source = "../lambda"

  name            = "${var.name}-integration-event-emitter"
  role            = local.role["integration-event-emitter"]
  package         = local.packages.integration_event_emitter
  size            = local.size.integration_event_emitter
  log             = local.log["integration_event_emitter"]
  network         = var.functions.network
  kms_key_arn     = local.kms_key_arn
  alarm_topic_arn = module.observability.topic_arn

  environment = merge(local.environment, {
    ANNOTATIONS_HANDLER = "Handle"
    EVENT_BUS_NAME      = module.eventbridge.name
    EMIT_MODIFIED       = tostring(var.bus.emit_modified)
    EMIT_REMOVED        = tostring(var.bus.emit_removed)
  })

  allow = merge(local.encrypt, {
    Poll     = { actions = ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator", "dynamodb:ListStreams"], resources = [module.dynamodb.stream_arn] }
    Publish  = { actions = ["events:DescribeEventBus", "events:PutEvents"], resources = [module.eventbridge.arn] }
    SetAside = { actions = ["s3:PutObject"], resources = ["${local.bucket.arn}/aws/lambda/*"] }
    FindAway = { actions = ["s3:ListBucket"], resources = [local.bucket.arn] }
  }, local.extra["integration_event_emitter"])
}

resource "aws_lambda_event_source_mapping" "stream" {
  event_source_arn = module.dynamodb.stream_arn
  function_name    = module.integration_event_emitter.live_arn

  # LATEST may skip what is written while the mapping is made.
  starting_position = "TRIM_HORIZON"

  batch_size                         = var.bus.batch_size
  maximum_batching_window_in_seconds = var.bus.batch_size > 10 ? 1 : 0

  # More than 1 keeps "in-order processing at the item (partition and sort key) level" only: AWS Lambda Developer Guide, "Process DynamoDB records with Lambda".
  parallelization_factor         = var.bus.parallelization
  maximum_retry_attempts         = var.bus.retries
  maximum_record_age_in_seconds  = -1
  bisect_batch_on_function_error = true
  function_response_types        = ["ReportBatchItemFailures"]

  # Without it nobody learns of changes that Lambda drops.
  metrics_config {
    metrics = ["EventCount"]
  }

  filter_criteria {
    dynamic "filter" {
      for_each = concat(["INSERT"], var.bus.emit_modified ? ["MODIFY"] : [], var.bus.emit_removed ? ["REMOVE"] : [])

      content {
        pattern = jsonencode({ eventName = [filter.value] })
      }
    }
  }

  destination_config {
    on_failure {
      destination_arn = local.bucket.arn
    }
  }
}
