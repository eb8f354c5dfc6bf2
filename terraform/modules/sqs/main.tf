locals {
  fifo = endswith(var.name, ".fifo")
}

resource "aws_sqs_queue" "this" {
  name       = var.name
  fifo_queue = local.fifo ? true : null

  # High throughput: deduplication and quota by message group, which is our stream, instead of by queue.
  deduplication_scope   = local.fifo ? "messageGroup" : null
  fifo_throughput_limit = local.fifo ? "perMessageGroupId" : null

  visibility_timeout_seconds = var.visibility_timeout_seconds
  message_retention_seconds  = var.retention_days * 86400

  kms_master_key_id       = var.kms_key_arn
  sqs_managed_sse_enabled = var.kms_key_arn == null ? true : null

  redrive_policy = one([for target in concat(aws_sqs_queue.dlq[*].arn, var.dead_letter_arn[*]) : jsonencode({ deadLetterTargetArn = target, maxReceiveCount = var.max_receives })])
}

resource "aws_sqs_queue" "dlq" {
  count = var.dead_letter_name == null ? 0 : 1

  name                      = var.dead_letter_name
  fifo_queue                = local.fifo ? true : null
  deduplication_scope       = local.fifo ? "messageGroup" : null
  fifo_throughput_limit     = local.fifo ? "perMessageGroupId" : null
  message_retention_seconds = 14 * 86400

  # A redrive that is looked at, and messages that an operator reads, stay hidden as long as in the queue itself.
  visibility_timeout_seconds = var.visibility_timeout_seconds

  kms_master_key_id       = var.kms_key_arn
  sqs_managed_sse_enabled = var.kms_key_arn == null ? true : null
}

resource "aws_sqs_queue_redrive_allow_policy" "dlq" {
  count = length(aws_sqs_queue.dlq)

  queue_url = aws_sqs_queue.dlq[0].id
  redrive_allow_policy = jsonencode({
    redrivePermission = "byQueue"
    sourceQueueArns   = [aws_sqs_queue.this.arn]
  })
}

data "aws_iam_policy_document" "this" {
  statement {
    sid       = "TlsOnly"
    effect    = "Deny"
    actions   = ["sqs:*"]
    resources = [aws_sqs_queue.this.arn]

    principals {
      type        = "*"
      identifiers = ["*"]
    }

    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["false"]
    }
  }

  dynamic "statement" {
    for_each = var.senders

    content {
      sid       = statement.key
      actions   = ["sqs:SendMessage"]
      resources = [aws_sqs_queue.this.arn]

      principals {
        type        = "Service"
        identifiers = [statement.value.service]
      }

      condition {
        test     = "ArnEquals"
        variable = "aws:SourceArn"
        values   = statement.value.source_arns
      }
    }
  }
}

resource "aws_sqs_queue_policy" "this" {
  queue_url = aws_sqs_queue.this.id
  policy    = data.aws_iam_policy_document.this.json
}

data "aws_iam_policy_document" "dlq" {
  count = length(aws_sqs_queue.dlq)

  statement {
    sid       = "TlsOnly"
    effect    = "Deny"
    actions   = ["sqs:*"]
    resources = [aws_sqs_queue.dlq[0].arn]

    principals {
      type        = "*"
      identifiers = ["*"]
    }

    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["false"]
    }
  }
}

resource "aws_sqs_queue_policy" "dlq" {
  count = length(aws_sqs_queue.dlq)

  queue_url = aws_sqs_queue.dlq[0].id
  policy    = data.aws_iam_policy_document.dlq[0].json
}
