data "aws_caller_identity" "current" {}

# The home region: `data.aws_region` names it differently in versions 5 and 6 of the provider.
data "aws_service" "home" {
  service_id = "sts"
}

locals {
  event_source = "datatoevents.insert"

  # On a bus that others use too, only what comes from this table, under rule names of its own.
  bus_pattern = jsonencode(merge({ source = [local.event_source], detail-type = ["DataInserted"] }, var.bus.existing == null ? {} : { resources = [module.dynamodb.arn] }))
  rule_prefix = var.bus.existing == null ? "" : "${var.name}-"

  # Buckets share one namespace with the whole world; everything else is the account's own.
  bucket_name = "${var.name}-${data.aws_caller_identity.current.account_id}-${data.aws_service.home.region}"
  bucket      = var.lake.bucket == null ? { name = module.s3[0].name, arn = module.s3[0].arn } : { name = data.aws_s3_bucket.existing[0].id, arn = data.aws_s3_bucket.existing[0].arn }

  makes_key   = var.encryption.key == "customer" && var.encryption.kms_key_arn == null
  kms_key_arn = var.encryption.key == "customer" ? coalesce(var.encryption.kms_key_arn, one(aws_kms_key.this[*].arn)) : null

  # Data that was encrypted with an earlier key must stay readable while that key exists.
  readable_key_arns = concat(aws_kms_key.this[*].arn, var.encryption.kms_key_arn[*])

  # IAM knows no regions: without it a second deployment of the same name, in another region of the account, would ask for the same roles.
  # A role that gets another path is made anew, before the old one goes: it needs another name as well.
  role = {
    for owner in ["transformer", "event-storer", "integration-event-emitter", "event-responder", "event-responder-api", "stream", "replication", "ingest", "ingest-logs"] : owner => {
      name                 = "${var.name}-${owner}-${substr(sha1("${data.aws_service.home.region}${var.functions.role_path}"), 0, 6)}"
      path                 = var.functions.role_path
      permissions_boundary = var.functions.permissions_boundary
      account              = var.functions.source_account ? data.aws_caller_identity.current.account_id : null
    }
  }

  # Places in the bucket where nothing should ever lie. Lambda chooses the key of what it sets aside: aws/lambda/MAPPING/SHARD/...
  set_aside = {
    processing-failed = "lake/errors/"
    on-failure        = "aws/lambda/"
    quarantine        = "quarantine/"
  }

  # Places in the bucket whose objects may expire, by what the setting calls them.
  expiring = {
    events      = "lake/events/"
    errors      = "lake/errors/"
    payloads    = "payloads/"
    quarantine  = "quarantine/"
    recovered   = "recovered/"
    not_emitted = "aws/lambda/"
  }

  deletion_protection = var.store.deletion_protection && !var.destroy_data
}

data "aws_s3_bucket" "existing" {
  count = var.lake.bucket == null ? 0 : 1

  bucket = var.lake.bucket
}

check "consumer_auth" {
  assert {
    condition     = var.consumer.auth != "NONE"
    error_message = "consumer.auth is \"NONE\": whoever knows the URL reads all events and payloads. Set \"AWS_IAM\" or \"JWT\" unless the data is public."
  }
}

module "s3" {
  count  = var.lake.bucket == null ? 1 : 0
  source = "../s3"

  name            = local.bucket_name
  kms_key_arn     = local.kms_key_arn
  versioning      = var.lake.versioning
  archive         = var.lake.glacier_after_days == 0 ? null : { prefix = "lake/events/", days = var.lake.glacier_after_days, storage_class = var.lake.archive_class }
  expire_days     = { for place, days in merge({ events = var.lake.expire_after_days }, var.lake.expire_places_after_days) : local.expiring[place] => days if days > 0 }
  replication     = one([for copy in var.lake.replication[*] : merge(copy, { role = local.role["replication"] })])
  destroy_objects = var.destroy_data
}

module "sqs" {
  source = "../sqs"

  name                       = "${var.name}-queue.fifo"
  dead_letter_name           = "${var.name}-dlq.fifo"
  max_receives               = var.queue.max_receives
  visibility_timeout_seconds = var.queue.visibility_timeout_seconds
  retention_days             = var.queue.retention_days
  kms_key_arn                = local.kms_key_arn
}

module "dynamodb" {
  source = "../dynamodb"

  name                   = var.name
  stream                 = true
  most_units             = var.store.most_units
  ttl_attribute          = "expiresAt"
  point_in_time_recovery = var.store.point_in_time_recovery
  deletion_protection    = local.deletion_protection
  replicas               = var.store.replicas
  kms_key_arn            = local.kms_key_arn
}

module "kinesis" {
  source = "../kinesis"

  name               = "${var.name}-stream"
  role               = local.role["stream"]
  bucket_arn         = local.bucket.arn
  transformer        = { arn = module.transformer.arn, live_arn = module.transformer.live_arn, timeout_seconds = module.transformer.timeout_seconds }
  transform_buffer   = { megabytes = var.lake.transform_buffer_megabytes, seconds = var.lake.transform_buffer_seconds }
  transform_retries  = var.lake.transform_retries
  lake_buffer        = { megabytes = var.lake.buffer_megabytes, seconds = var.lake.buffer_seconds }
  append_newline     = var.lake.append_newline
  kms_key_arn        = local.kms_key_arn
  log_retention_days = var.functions.log_retention_days
}

module "lake" {
  count  = var.lake.query ? 1 : 0
  source = "../lake"

  name        = var.name
  bucket_name = local.bucket.name
  # Shorter than "answers": a bucket's name has 63 characters at most.
  answers         = { bucket_name = "${var.name}-sql-${data.aws_caller_identity.current.account_id}-${data.aws_service.home.region}", keep_days = var.lake.query_answers_days }
  limit_gigabytes = var.lake.query_limit_gigabytes
  kms_key_arn     = local.kms_key_arn
}

module "ingest" {
  count  = var.ingest_api.create ? 1 : 0
  source = "../ingest"

  name            = "${var.name}-ingest"
  role            = local.role["ingest"]
  log_role        = var.ingest_api.access_log == "with_role" ? local.role["ingest-logs"] : null
  delivery_stream = { name = module.kinesis.name, arn = module.kinesis.arn }
  auth            = var.ingest_api.auth
  producers       = var.ingest_api.producers
  user_pools      = var.ingest_api.user_pools
  throttle        = { rate = var.ingest_api.throttle_rate, burst = var.ingest_api.throttle_burst }
  access_log      = { enabled = var.ingest_api.access_log != "off", retention_days = var.functions.log_retention_days }
  tracing         = var.functions.tracing
  kms_key_arn     = local.kms_key_arn
}

module "eventbridge" {
  source = "../eventbridge"

  name              = coalesce(var.bus.existing, "${var.name}-bus")
  existing          = var.bus.existing != null
  rule_prefix       = local.rule_prefix
  consumer_accounts = var.bus.consumer_accounts
  source_name       = local.event_source
  archive           = var.bus.archive_days < 0 ? null : { name = "${var.name}-archive", days = var.bus.archive_days }
  dead_letter_name  = "${var.name}-bus-dlq"
  schema_discovery  = var.bus.schema_discovery
  audit             = var.bus.audit ? { name = "${var.name}-audit", dead_letter_name = "${var.name}-audit-dlq" } : null
  kms_key_arn       = local.kms_key_arn
}

module "observability" {
  source = "../observability"

  name        = var.name
  topic       = { arn = var.alarms.topic_arn, email = var.alarms.email }
  kms_key_arn = local.kms_key_arn
  limits = {
    freshness_minutes    = var.alarms.freshness_minutes
    queue_age_minutes    = var.alarms.queue_age_minutes
    iterator_age_minutes = var.alarms.iterator_age_minutes
  }
  delivery_stream = { name = module.kinesis.name, failures_metric = module.kinesis.failures_metric, ingest_api = one(module.ingest[*].name) }
  queues          = { path = module.sqs.name, consumer = module.consumer.queue_name }
  dead_letter_queues = merge(
    { dlq = module.sqs.dead_letter_name, rule-dlq = module.consumer.dead_letter_name },
    var.bus.audit ? { audit-dlq = module.eventbridge.audit_dead_letter_name } : {},
    local.kms_key_arn == null || var.bus.existing != null ? {} : { bus-dlq = module.eventbridge.dead_letter_name },
  )
  table  = { name = module.dynamodb.name, change_mapping = aws_lambda_event_source_mapping.stream.uuid }
  bus    = { name = module.eventbridge.name, rules = merge({ rule = module.consumer.rule_name }, var.bus.audit ? { audit = module.eventbridge.audit_rule_name } : {}) }
  bucket = { name = local.bucket.name, set_aside = local.set_aside }
  functions = {
    transformer               = module.transformer.name
    event_storer              = module.event_storer.name
    integration_event_emitter = module.integration_event_emitter.name
    event_responder           = module.consumer.function_names.event_responder
    event_responder_api       = module.consumer.function_names.event_responder_api
  }
  dashboard = { create = var.alarms.dashboard, api_id = module.consumer.api_id }
}
