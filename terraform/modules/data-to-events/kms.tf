data "aws_partition" "current" {
  lifecycle {
    postcondition {
      condition     = contains(["aws", "aws-us-gov"], self.partition)
      error_message = "This is for the partitions aws and aws-us-gov. In ${self.partition} services have other names, and the packages' roots (functions.trust_store) are not those of its endpoints."
    }
  }
}

resource "aws_kms_key" "this" {
  count = local.makes_key || var.encryption.keep_key ? 1 : 0

  description             = "${var.name}: stream, bucket, queues, tables, bus, logs, alarms"
  deletion_window_in_days = var.encryption.deletion_window_days
  enable_key_rotation     = true
  policy                  = data.aws_iam_policy_document.kms.json
}

resource "aws_kms_alias" "this" {
  count = length(aws_kms_key.this)

  name          = "alias/${var.name}"
  target_key_id = aws_kms_key.this[0].key_id
}

data "aws_iam_policy_document" "kms" {
  # The account's administrators, and whatever a role's own policy allows: without it nobody could ever change the key.
  statement {
    sid       = "Account"
    actions   = ["kms:*"]
    resources = ["*"]

    principals {
      type        = "AWS"
      identifiers = ["arn:${data.aws_partition.current.partition}:iam::${data.aws_caller_identity.current.account_id}:root"]
    }
  }

  # EventBridge looks at the key when the bus is made, and says nothing of an account then.
  statement {
    sid       = "Describe"
    actions   = ["kms:DescribeKey"]
    resources = ["*"]

    principals {
      type        = "Service"
      identifiers = ["cloudwatch.amazonaws.com", "events.amazonaws.com"]
    }
  }

  # The bus (EventBridge) and the encrypted topic (CloudWatch), each in its own name.
  statement {
    sid       = "BusAndAlarms"
    actions   = ["kms:Decrypt", "kms:GenerateDataKey"]
    resources = ["*"]

    principals {
      type        = "Service"
      identifiers = ["cloudwatch.amazonaws.com", "events.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [data.aws_caller_identity.current.account_id]
    }
  }

  # EventBridge sends to an encrypted queue without saying for whose account. SQS says which queue it encrypts for.
  statement {
    sid       = "Queues"
    actions   = ["kms:Decrypt", "kms:GenerateDataKey"]
    resources = ["*"]

    principals {
      type        = "Service"
      identifiers = ["events.amazonaws.com"]
    }

    condition {
      test     = "ArnLike"
      variable = "kms:EncryptionContext:aws:sqs:arn"
      values   = ["arn:${data.aws_partition.current.partition}:sqs:${data.aws_service.home.region}:${data.aws_caller_identity.current.account_id}:${var.name}-*"]
    }
  }

  statement {
    sid       = "Logs"
    actions   = ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey", "kms:ReEncryptFrom", "kms:ReEncryptTo"]
    resources = ["*"]

    principals {
      type        = "Service"
      identifiers = ["logs.${data.aws_service.home.region}.amazonaws.com"]
    }

    condition {
      test     = "ArnLike"
      variable = "kms:EncryptionContext:aws:logs:arn"
      values   = ["arn:${data.aws_partition.current.partition}:logs:${data.aws_service.home.region}:${data.aws_caller_identity.current.account_id}:log-group:*"]
    }
  }
}
