resource "aws_lambda_layer_version" "catalog" {
  count = var.functions.catalog_zip == null ? 0 : 1

  layer_name       = "${var.name}-catalog"
  description      = "The event catalog"
  filename         = var.functions.catalog_zip
  source_code_hash = filebase64sha256(var.functions.catalog_zip)
}

module "transformer" {
  source = "../lambda"

  name            = "${var.name}-transformer"
  role            = local.role["transformer"]
  package         = local.packages.transformer
  size            = local.size.transformer
  layers          = aws_lambda_layer_version.catalog[*].arn
  log             = local.log
  network         = var.functions.network
  kms_key_arn     = local.kms_key_arn
  alarm_topic_arn = module.observability.topic_arn

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
