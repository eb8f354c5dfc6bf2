module "consumer" {
  source = "./modules/consumer"

  name = var.name
  bus  = { name = module.eventbridge.name, pattern = local.bus_pattern }
  function = {
    package      = local.packages.event_responder
    architecture = var.functions.architecture
    environment  = local.environment
    log          = local.log
  }
  respond = { memory_megabytes = local.memory.event_responder, timeout_seconds = local.timeout.event_responder }
  api = {
    memory_megabytes = local.memory.event_responder_api
    timeout_seconds  = local.timeout.event_responder_api
    auth             = var.consumer.auth
    jwt              = var.consumer.jwt
    throttle_rate    = var.consumer.throttle_rate
    throttle_burst   = var.consumer.throttle_burst
  }
  bucket = { name = module.s3.name, arn = module.s3.arn }
  view = {
    shards                 = var.consumer.view_shards
    point_in_time_recovery = var.store.point_in_time_recovery
    deletion_protection    = local.deletion_protection
  }
  handle_replays  = var.consumer.handle_replays
  retry_hours     = var.consumer.retry_hours
  kms_key_arn     = local.kms_key_arn
  alarm_topic_arn = module.observability.topic_arn
}
