locals {
  packages = {
    transformer               = "${var.functions.packages}/Transformer.zip"
    event_storer              = "${var.functions.packages}/EventStorer.zip"
    integration_event_emitter = "${var.functions.packages}/IntegrationEventEmitter.zip"
    event_responder           = "${var.functions.packages}/EventResponder.zip"
  }

  memory = merge({
    transformer               = 1024
    event_storer              = 512
    integration_event_emitter = 512
    event_responder           = 512
    event_responder_api       = 512
  }, var.functions.memory_megabytes)

  timeout = merge({
    transformer               = 120
    event_storer              = 30
    integration_event_emitter = 60
    event_responder           = 30
    event_responder_api       = 29
  }, var.functions.timeout_seconds)

  log = { level = var.functions.log_level, retention_days = var.functions.log_retention_days }

  # OpenSSL reads every root that it finds at the first handshake; the package holds the few that AWS's endpoints chain to, and an empty folder.
  trust_store = var.functions.trust_store == "package" ? {
    SSL_CERT_FILE = "/var/task/aws-roots.pem"
    SSL_CERT_DIR  = "/var/task/no-certs"
  } : {}

  # What every function gets; its metrics are lines of its log (CloudWatch's embedded metric format).
  environment = merge(local.trust_store, { EMF_METRICS = tostring(var.functions.metrics) })

  # What a function needs of a customer's key: to read what lies encrypted, and to write.
  encrypt = { for key in local.kms_key_arn[*] : "Encrypt" => { actions = ["kms:Decrypt", "kms:GenerateDataKey"], resources = [key] } }
}

resource "aws_lambda_layer_version" "catalog" {
  count = var.functions.catalog_zip == null ? 0 : 1

  layer_name       = "${var.name}-catalog"
  description      = "The event catalog"
  filename         = var.functions.catalog_zip
  source_code_hash = filebase64sha256(var.functions.catalog_zip)
}

module "transformer" {
  source = "./modules/lambda"

  name             = "${var.name}-transformer"
  package          = local.packages.transformer
  architecture     = var.functions.architecture
  memory_megabytes = local.memory.transformer
  timeout_seconds  = local.timeout.transformer
  layers           = aws_lambda_layer_version.catalog[*].arn
  log              = local.log
  kms_key_arn      = local.kms_key_arn
  alarm_topic_arn  = module.observability.topic_arn

  environment = merge(local.environment, {
    ANNOTATIONS_HANDLER = "Handle"
    QUEUE_URL           = module.sqs.url
    PAYLOAD_BUCKET      = module.s3.name
    INLINE_LIMIT        = tostring(var.functions.inline_limit_bytes)
    }, var.functions.catalog_zip == null ? {} : {
    CATALOG_PATH = "/opt/catalog.json"
  })

  allow = merge(local.encrypt, {
    Queue       = { actions = ["sqs:GetQueueAttributes", "sqs:SendMessage"], resources = [module.sqs.arn] }
    PutPayloads = { actions = ["s3:PutObject"], resources = ["${module.s3.arn}/payloads/*"] }
  })
}

module "event_storer" {
  source = "./modules/lambda"

  name             = "${var.name}-event-storer"
  package          = local.packages.event_storer
  architecture     = var.functions.architecture
  memory_megabytes = local.memory.event_storer
  timeout_seconds  = local.timeout.event_storer
  log              = local.log
  kms_key_arn      = local.kms_key_arn
  alarm_topic_arn  = module.observability.topic_arn

  environment = merge(local.environment, {
    ANNOTATIONS_HANDLER = "Handle"
    TABLE_NAME          = module.dynamodb.name
    QUARANTINE_BUCKET   = module.s3.name
    KEEP_DAYS           = tostring(var.store.keep_days)
    COMPRESS_ENVELOPES  = tostring(var.store.compress_envelopes)
  })

  allow = merge(local.encrypt, {
    Poll          = { actions = ["sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"], resources = [module.sqs.arn] }
    Store         = { actions = ["dynamodb:BatchGetItem", "dynamodb:PartiQLInsert"], resources = [module.dynamodb.arn] }
    PutQuarantine = { actions = ["s3:PutObject"], resources = ["${module.s3.arn}/quarantine/*"] }
  })
}

resource "aws_lambda_event_source_mapping" "queue" {
  event_source_arn        = module.sqs.arn
  function_name           = module.event_storer.arn
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

module "integration_event_emitter" {
  source = "./modules/lambda"

  name             = "${var.name}-integration-event-emitter"
  package          = local.packages.integration_event_emitter
  architecture     = var.functions.architecture
  memory_megabytes = local.memory.integration_event_emitter
  timeout_seconds  = local.timeout.integration_event_emitter
  log              = local.log
  kms_key_arn      = local.kms_key_arn
  alarm_topic_arn  = module.observability.topic_arn

  environment = merge(local.environment, {
    ANNOTATIONS_HANDLER = "Handle"
    EVENT_BUS_NAME      = module.eventbridge.name
    EMIT_MODIFIED       = tostring(var.bus.emit_modified)
    EMIT_REMOVED        = tostring(var.bus.emit_removed)
  })

  allow = merge(local.encrypt, {
    Poll     = { actions = ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator", "dynamodb:ListStreams"], resources = [module.dynamodb.stream_arn] }
    Publish  = { actions = ["events:DescribeEventBus", "events:PutEvents"], resources = [module.eventbridge.arn] }
    SetAside = { actions = ["s3:PutObject"], resources = ["${module.s3.arn}/aws/lambda/*"] }
    FindAway = { actions = ["s3:ListBucket"], resources = [module.s3.arn] }
  })
}

resource "aws_lambda_event_source_mapping" "stream" {
  event_source_arn = module.dynamodb.stream_arn
  function_name    = module.integration_event_emitter.arn

  # LATEST may skip what is written while the mapping is made.
  starting_position = "TRIM_HORIZON"

  batch_size                         = var.bus.batch_size
  maximum_batching_window_in_seconds = var.bus.batch_size > 10 ? 1 : 0
  parallelization_factor             = var.bus.parallelization
  maximum_retry_attempts             = var.bus.retries
  maximum_record_age_in_seconds      = -1
  bisect_batch_on_function_error     = true
  function_response_types            = ["ReportBatchItemFailures"]

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
      destination_arn = module.s3.arn
    }
  }
}
