resource "aws_lambda_layer_version" "catalog" {
  count = var.functions.catalog_zip == null ? 0 : 1

  layer_name       = "${var.name}-catalog"
  description      = "The event catalog"
  filename         = var.functions.catalog_zip
  source_code_hash = filebase64sha256(var.functions.catalog_zip)
}

# For the operator, who reads failed records by it (docs/operations.md). The function reads the layer.
resource "aws_s3_object" "catalog" {
  count = var.functions.catalog_zip == null ? 0 : 1

  bucket      = local.bucket.name
  key         = "catalog/catalog.zip"
  source      = var.functions.catalog_zip
  source_hash = filebase64sha256(var.functions.catalog_zip)
}

locals {
  # The parameter that holds the key of the catalog's masks; null: there is none.
  makes_mask_key = var.functions.mask_key == "make"
  mask_parameter = local.makes_mask_key ? "/${var.name}/mask-key" : var.functions.mask_key
}

data "aws_secretsmanager_random_password" "mask_key" {
  count = local.makes_mask_key ? 1 : 0

  password_length     = 48
  exclude_punctuation = true
}

resource "aws_ssm_parameter" "mask_key" {
  count = local.makes_mask_key ? 1 : 0

  name        = local.mask_parameter
  description = "The key of the event catalog's masks"
  type        = "SecureString"
  key_id      = local.kms_key_arn
  value       = data.aws_secretsmanager_random_password.mask_key[0].random_password

  # The data source returns a new password at each plan. The first one stays: with a new key, the same value would get another token.
  lifecycle {
    ignore_changes = [value]
  }
}

module "transformer" {
  source = "../lambda"

  name            = "${var.name}-transformer"
  role            = local.role["transformer"]
  package         = local.packages.transformer
  size            = local.size.transformer
  layers          = aws_lambda_layer_version.catalog[*].arn
  log             = local.log["transformer"]
  network         = var.functions.network
  kms_key_arn     = local.kms_key_arn
  alarm_topic_arn = module.observability.topic_arn

  environment = merge(local.environment, {
    ANNOTATIONS_HANDLER = "Handle"
    QUEUE_URL           = module.sqs.url
    PAYLOAD_BUCKET      = local.bucket.name
    INLINE_LIMIT        = tostring(var.functions.inline_limit_bytes)
    UNPACKED_LIMIT      = tostring(var.functions.unpacked_limit_bytes)
    }, var.functions.catalog_zip == null ? {} : {
    CATALOG_PATH = "/opt/catalog.json"
    }, local.mask_parameter == null ? {} : {
    MASK_KEY_PARAMETER = local.mask_parameter
  })

  allow = merge(local.encrypt, local.mask_parameter == null ? {} : {
    MaskKey = {
      actions   = ["ssm:GetParameter"]
      resources = ["arn:${data.aws_partition.current.partition}:ssm:${data.aws_service.home.region}:${data.aws_caller_identity.current.account_id}:parameter/${trimprefix(local.mask_parameter, "/")}"]
    }
    }, {
    Queue       = { actions = ["sqs:GetQueueAttributes", "sqs:SendMessage"], resources = [module.sqs.arn] }
    PutPayloads = { actions = ["s3:PutObject"], resources = ["${local.bucket.arn}/payloads/*"] }
  }, local.extra["transformer"])
}
