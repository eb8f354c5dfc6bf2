data "aws_caller_identity" "current" {}

data "aws_region" "current" {}

locals {
  event_source = "datatoevents.insert"
  bus_pattern  = jsonencode({ source = [local.event_source], detail-type = ["DataInserted"] })

  # Buckets share one namespace with the whole world; everything else is the account's own.
  bucket_name = "${var.name}-${data.aws_caller_identity.current.account_id}-${data.aws_region.current.name}"

  kms_key_arn = var.encryption.key == "customer" ? coalesce(var.encryption.kms_key_arn, one(aws_kms_key.this[*].arn)) : null

  # Places in the bucket where nothing should ever lie. Lambda chooses the key of what it sets aside: aws/lambda/MAPPING/SHARD/...
  set_aside = {
    processing-failed = "lake/errors/"
    on-failure        = "aws/lambda/"
    quarantine        = "quarantine/"
  }

  deletion_protection = var.store.deletion_protection && !var.destroy_data
}

module "s3" {
  source = "./modules/s3"

  name             = local.bucket_name
  kms_key_arn      = local.kms_key_arn
  versioning       = var.lake.versioning
  lifecycle_days   = { glacier = var.lake.glacier_after_days, expire = var.lake.expire_after_days }
  replication      = var.lake.replication
  watched_prefixes = local.set_aside
  destroy_objects  = var.destroy_data
}

module "sqs" {
  source = "./modules/sqs"

  name                       = "${var.name}-queue.fifo"
  dead_letter_name           = "${var.name}-dlq.fifo"
  max_receives               = var.queue.max_receives
  visibility_timeout_seconds = var.queue.visibility_timeout_seconds
  retention_days             = var.queue.retention_days
  kms_key_arn                = local.kms_key_arn
}

module "dynamodb" {
  source = "./modules/dynamodb"

  name                   = var.name
  stream                 = true
  ttl_attribute          = "expiresAt"
  sequence_index         = var.store.sequence_index
  point_in_time_recovery = var.store.point_in_time_recovery
  deletion_protection    = local.deletion_protection
  replicas               = var.store.replicas
  kms_key_arn            = local.kms_key_arn
}

module "kinesis" {
  source = "./modules/kinesis"

  name               = "${var.name}-stream"
  bucket_arn         = module.s3.arn
  transformer        = { arn = module.transformer.arn, timeout_seconds = module.transformer.timeout_seconds }
  transform_buffer   = { megabytes = var.lake.transform_buffer_megabytes, seconds = var.lake.transform_buffer_seconds }
  transform_retries  = var.lake.transform_retries
  lake_buffer        = { megabytes = var.lake.buffer_megabytes, seconds = var.lake.buffer_seconds }
  append_newline     = var.lake.append_newline
  kms_key_arn        = local.kms_key_arn
  log_retention_days = var.functions.log_retention_days
}

module "eventbridge" {
  source = "./modules/eventbridge"

  name             = "${var.name}-bus"
  source_name      = local.event_source
  archive          = var.bus.archive_days < 0 ? null : { name = "${var.name}-archive", days = var.bus.archive_days }
  schema_discovery = var.bus.schema_discovery
  audit            = var.bus.audit ? { name = "${var.name}-audit", dead_letter_name = "${var.name}-audit-dlq" } : null
  kms_key_arn      = local.kms_key_arn
}

module "observability" {
  source = "./modules/observability"

  name        = var.name
  email       = var.alarms.email
  kms_key_arn = local.kms_key_arn
  limits = {
    freshness_minutes    = var.alarms.freshness_minutes
    queue_age_minutes    = var.alarms.queue_age_minutes
    iterator_age_minutes = var.alarms.iterator_age_minutes
  }
  delivery_stream = { name = module.kinesis.name, failures_metric = module.kinesis.failures_metric }
  queue           = module.sqs.name
  dead_letter_queues = merge(
    { dlq = module.sqs.dead_letter_name, rule-dlq = module.consumer.dead_letter_name },
    var.bus.audit ? { audit-dlq = module.eventbridge.audit_dead_letter_name } : {},
  )
  table  = module.dynamodb.name
  bus    = { name = module.eventbridge.name, rules = merge({ rule = module.consumer.rule_name }, var.bus.audit ? { audit = "audit" } : {}) }
  bucket = { name = module.s3.name, set_aside = module.s3.watched_prefixes }
  functions = {
    transformer               = module.transformer.name
    event_storer              = module.event_storer.name
    integration_event_emitter = module.integration_event_emitter.name
    event_responder           = module.consumer.function_names.event_responder
    event_responder_api       = module.consumer.function_names.event_responder_api
  }
  dashboard = { create = var.alarms.dashboard, api_id = module.consumer.api_id }
}
