module "consumer" {
  source = "../consumer"

  name = var.name
  bus  = { name = module.eventbridge.name, pattern = local.bus_pattern, rule = "${local.rule_prefix}data-inserted" }
  function = {
    package     = local.packages.event_responder
    environment = local.environment
    log         = local.log["event_responder"]
    network     = var.functions.network
  }
  respond = { size = local.size.event_responder, role = local.role["event-responder"], queue = var.consumer.queue, log_group = local.log["event_responder"].group, allow = local.extra["event_responder"] }
  api = {
    size           = local.size.event_responder_api
    role           = local.role["event-responder-api"]
    log_group      = local.log["event_responder_api"].group
    allow          = local.extra["event_responder_api"]
    auth           = var.consumer.auth
    jwt            = var.consumer.jwt
    throttle_rate  = var.consumer.throttle_rate
    throttle_burst = var.consumer.throttle_burst
  }
  bucket = { name = local.bucket.name, arn = local.bucket.arn }
  view = {
    shards                 = var.consumer.view_shards
    lookups                = var.consumer.view_lookups
    point_in_time_recovery = var.store.point_in_time_recovery
    deletion_protection    = local.deletion_protection
  }
  handle_replays  = var.consumer.handle_replays
  retry_hours     = var.consumer.retry_hours
  kms_key_arn     = local.kms_key_arn
  readable_keys   = local.readable_key_arns
  alarm_topic_arn = module.observability.topic_arn
}
