data "aws_caller_identity" "current" {}

# The home region: `data.aws_region` names it differently in versions 5 and 6 of the provider.
data "aws_service" "home" {
  service_id = "sts"
}

data "aws_iam_policy_document" "assume" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["firehose.amazonaws.com"]
    }

    # Only for streams of this account: not for somebody else's who knows the role's name.
    condition {
      test     = "StringEquals"
      variable = "sts:ExternalId"
      values   = [data.aws_caller_identity.current.account_id]
    }
  }
}

resource "aws_iam_role" "this" {
  name                 = var.role.name
  path                 = var.role.path
  permissions_boundary = var.role.permissions_boundary
  assume_role_policy   = data.aws_iam_policy_document.assume.json

  # A role of another name is there before the stream lets go of the old one.
  lifecycle {
    create_before_destroy = true
  }
}

data "aws_iam_policy_document" "this" {
  statement {
    sid       = "Bucket"
    actions   = ["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"]
    resources = [var.bucket_arn]
  }

  statement {
    sid       = "Lake"
    actions   = ["s3:AbortMultipartUpload", "s3:GetObject", "s3:PutObject"]
    resources = ["${var.bucket_arn}/lake/*"]
  }

  statement {
    sid       = "Transform"
    actions   = ["lambda:GetFunctionConfiguration", "lambda:InvokeFunction"]
    resources = [var.transformer.arn, "${var.transformer.arn}:*"]
  }

  statement {
    sid       = "Log"
    actions   = ["logs:PutLogEvents"]
    resources = ["${aws_cloudwatch_log_group.this.arn}:log-stream:${aws_cloudwatch_log_stream.this.name}"]
  }

  dynamic "statement" {
    for_each = var.kms_key_arn[*]

    content {
      sid       = "Encrypt"
      actions   = ["kms:Decrypt", "kms:GenerateDataKey"]
      resources = [statement.value]
    }
  }

  # With a customer's key the stream itself is encrypted by a grant that Firehose makes for itself (docs/aws.md).
  dynamic "statement" {
    for_each = var.kms_key_arn[*]

    content {
      sid       = "Grant"
      actions   = ["kms:CreateGrant"]
      resources = [statement.value]

      condition {
        test     = "Bool"
        variable = "kms:GrantIsForAWSResource"
        values   = ["true"]
      }

      condition {
        test     = "StringEquals"
        variable = "kms:ViaService"
        values   = ["firehose.${data.aws_service.home.region}.amazonaws.com"]
      }
    }
  }
}

resource "aws_iam_role_policy" "this" {
  name   = "delivery"
  role   = aws_iam_role.this.id
  policy = data.aws_iam_policy_document.this.json
}
