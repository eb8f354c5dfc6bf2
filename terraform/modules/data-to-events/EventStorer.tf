module "event_storer" {
  source = "../lambda"

  name            = "${var.name}-event-storer"
  role            = local.role["event-storer"]
  package         = local.packages.event_storer
  size            = local.size.event_storer
  log             = local.log["event_storer"]
  network         = var.functions.network
  kms_key_arn     = local.kms_key_arn
  alarm_topic_arn = module.observability.topic_arn

  environment = merge(local.environment, {
    ANNOTATIONS_HANDLER   = "Handle"
    TABLE_NAME            = module.dynamodb.name
    QUARANTINE_BUCKET     = local.bucket.name
    DEAD_LETTER_QUEUE_URL = module.sqs.dead_letter_url
    KEEP_DAYS             = tostring(var.store.keep_days)
    COMPRESS_ENVELOPES    = tostring(var.store.compress_envelopes)
  })

  allow = merge(local.encrypt, {
    Poll          = { actions = ["sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"], resources = [module.sqs.arn] }
    Store         = { actions = ["dynamodb:BatchGetItem", "dynamodb:PartiQLInsert"], resources = [module.dynamodb.arn] }
    PutDeadLetter = { actions = ["sqs:SendMessage"], resources = [module.sqs.dead_letter_arn] }
    PutQuarantine = { actions = ["s3:PutObject"], resources = ["${local.bucket.arn}/quarantine/*"] }
  }, local.extra["event_storer"])
}

resource "aws_lambda_event_source_mapping" "queue" {
  event_source_arn        = module.sqs.arn
  function_name           = module.event_storer.live_arn
  batch_size              = 10
  function_response_types = ["ReportBatchItemFailures"]

  dynamic "scaling_config" {
    for_each = var.queue.max_concurrency == 0 ? [] : [var.queue.max_concurrency]

    content {
      maximum_concurrency = scaling_config.value
    }
  }

  lifecycle {
    precondition {
      condition     = var.queue.visibility_timeout_seconds >= 6 * module.event_storer.timeout_seconds
      error_message = "The queue hides an event for ${var.queue.visibility_timeout_seconds} seconds; the EventStorer may take ${module.event_storer.timeout_seconds}, which needs at least ${6 * module.event_storer.timeout_seconds}."
    }
  }
}
