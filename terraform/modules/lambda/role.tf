data "aws_iam_policy_document" "assume" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }

    dynamic "condition" {
      for_each = var.role.account[*]

      content {
        test     = "StringEquals"
        variable = "aws:SourceAccount"
        values   = [condition.value]
      }
    }
  }
}

resource "aws_iam_role" "this" {
  name                 = var.role.name
  path                 = var.role.path
  permissions_boundary = var.role.permissions_boundary
  assume_role_policy   = data.aws_iam_policy_document.assume.json

  # A role of another name is there before the function lets go of the old one.
  lifecycle {
    create_before_destroy = true
  }
}

data "aws_iam_policy_document" "this" {
  statement {
    sid       = "Log"
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents"]
    resources = ["${local.log_group.arn}:log-stream:*"]
  }

  dynamic "statement" {
    for_each = var.allow

    content {
      sid       = statement.key
      actions   = statement.value.actions
      resources = statement.value.resources
    }
  }

  # Lambda makes itself network interfaces in the VPC, in the role's name. EC2 knows no resources for most of these.
  dynamic "statement" {
    for_each = var.network == null ? [] : ["*"]

    content {
      sid = "Network"
      actions = [
        "ec2:AssignPrivateIpAddresses", "ec2:CreateNetworkInterface", "ec2:DeleteNetworkInterface", "ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets", "ec2:UnassignPrivateIpAddresses",
      ]
      resources = [statement.value]
    }
  }

  # X-Ray knows no resources for these.
  dynamic "statement" {
    for_each = var.log.tracing ? ["*"] : []

    content {
      sid       = "Trace"
      actions   = ["xray:PutTelemetryRecords", "xray:PutTraceSegments"]
      resources = [statement.value]
    }
  }

  dynamic "statement" {
    for_each = var.dead_letter_arn[*]

    content {
      sid       = "DeadLetter"
      actions   = ["sqs:SendMessage"]
      resources = [statement.value]
    }
  }
}

resource "aws_iam_role_policy" "this" {
  name   = "function"
  role   = aws_iam_role.this.id
  policy = data.aws_iam_policy_document.this.json
}
