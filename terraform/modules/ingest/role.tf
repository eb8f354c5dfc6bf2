data "aws_iam_policy_document" "assume" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["apigateway.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "this" {
  name                 = var.role.name
  path                 = var.role.path
  permissions_boundary = var.role.permissions_boundary
  assume_role_policy   = data.aws_iam_policy_document.assume.json

  # A role of another name is there before the API lets go of the old one.
  lifecycle {
    create_before_destroy = true
  }
}

data "aws_iam_policy_document" "this" {
  statement {
    sid       = "Put"
    actions   = ["firehose:PutRecord"]
    resources = [var.delivery_stream.arn]
  }

  # Firehose asks for them in the caller's name, since April 2026.
  dynamic "statement" {
    for_each = var.kms_key_arn[*]

    content {
      sid       = "Encrypt"
      actions   = ["kms:Decrypt", "kms:GenerateDataKey"]
      resources = [statement.value]
    }
  }
}

resource "aws_iam_role_policy" "this" {
  name   = "ingest"
  role   = aws_iam_role.this.id
  policy = data.aws_iam_policy_document.this.json
}

# One for all REST APIs of an account in a region: whoever sets it, sets it for everybody. Without `reset_on_delete` it is left as it is when this API goes.
resource "aws_iam_role" "logs" {
  count = var.log_role == null ? 0 : 1

  name                 = var.log_role.name
  path                 = var.log_role.path
  permissions_boundary = var.log_role.permissions_boundary
  assume_role_policy   = data.aws_iam_policy_document.assume.json
}

# What API Gateway wants to write logs (its own managed policy). It looks at all of them when the role is set.
resource "aws_iam_role_policy_attachment" "logs" {
  count = length(aws_iam_role.logs)

  role       = aws_iam_role.logs[0].name
  policy_arn = "arn:${data.aws_partition.current.partition}:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs"
}

resource "aws_api_gateway_account" "this" {
  count = length(aws_iam_role.logs)

  cloudwatch_role_arn = aws_iam_role.logs[0].arn

  depends_on = [aws_iam_role_policy_attachment.logs]
}
