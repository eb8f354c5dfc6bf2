locals {
  queued = var.respond.queue != null

  environment = merge(var.function.environment, {
    VIEW_TABLE_NAME = module.view.name
    VIEW_SHARDS     = tostring(var.view.shards)
    VIEW_LOOKUPS    = tostring(var.view.lookups)
    PAYLOAD_BUCKET  = var.bucket.name
    HANDLE_REPLAYS  = tostring(var.handle_replays)
  })

  decrypt = length(var.readable_keys) == 0 ? {} : { Decrypt = { actions = ["kms:Decrypt"], resources = var.readable_keys } }

  # Whoever sends to an encrypted queue, the dead-letter queue here, asks for a data key.
  encrypt = length(var.readable_keys) == 0 ? {} : { Encrypt = { actions = ["kms:Decrypt", "kms:GenerateDataKey"], resources = var.readable_keys } }
}

module "view" {
  source = "../dynamodb"

  name                   = "${var.name}-view"
  point_in_time_recovery = var.view.point_in_time_recovery
  deletion_protection    = var.view.deletion_protection
  kms_key_arn            = var.kms_key_arn
}

module "respond" {
  source = "../lambda"

  name            = "${var.name}-event-responder"
  role            = var.respond.role
  network         = var.function.network
  package         = var.function.package
  size            = var.respond.size
  environment     = merge(local.environment, { ANNOTATIONS_HANDLER = local.queued ? "RespondToBatch" : "Respond" })
  log             = merge(var.function.log, { group = var.respond.log_group })
  kms_key_arn     = var.kms_key_arn
  alarm_topic_arn = var.alarm_topic_arn

  # Without a queue the bus hands over to Lambda's own: what fails there ends in the same place as what the bus could not hand over.
  dead_letter_arn = local.queued ? null : module.dead_letters.arn

  # TransactWriteItems asks for the actions of the writes in it.
  allow = merge(local.encrypt, {
    TakeIntoView = { actions = ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem"], resources = [module.view.arn] }
    }, !local.queued ? {} : {
    Poll = { actions = ["sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"], resources = [module.queue[0].arn] }
  }, var.respond.allow)
}

module "api" {
  source = "../lambda"

  name            = "${var.name}-event-responder-api"
  role            = var.api.role
  network         = var.function.network
  package         = var.function.package
  size            = var.api.size
  environment     = merge(local.environment, { ANNOTATIONS_HANDLER = "Browse" })
  log             = merge(var.function.log, { group = var.api.log_group })
  kms_key_arn     = var.kms_key_arn
  alarm_topic_arn = var.alarm_topic_arn

  # ListBucket: without it S3 answers a missing payload with 403 instead of 404.
  allow = merge(local.decrypt, {
    ReadView     = { actions = ["dynamodb:BatchGetItem", "dynamodb:GetItem", "dynamodb:Query"], resources = [module.view.arn] }
    ReadPayloads = { actions = ["s3:GetObject"], resources = ["${var.bucket.arn}/payloads/*"] }
    FindPayloads = { actions = ["s3:ListBucket"], resources = [var.bucket.arn] }
  }, var.api.allow)
}
