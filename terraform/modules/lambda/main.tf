locals {
  # `make package` writes it beside the packages.
  from_file = var.package.bucket == null
  built_for = local.from_file ? try(trimspace(file("${dirname(var.package.path)}/architecture")), var.package.architecture) : var.package.architecture

  log_group = var.log.group == null ? { name = aws_cloudwatch_log_group.this[0].name, arn = aws_cloudwatch_log_group.this[0].arn } : { name = data.aws_cloudwatch_log_group.existing[0].name, arn = data.aws_cloudwatch_log_group.existing[0].arn }

  levels = { TRACE = "Trace", DEBUG = "Debug", INFO = "Information", WARN = "Warning", ERROR = "Error", FATAL = "Critical" }
}

resource "aws_lambda_function" "this" {
  function_name = var.name
  description   = var.package.release == null ? null : "DataToEvents ${var.package.release}"
  role          = aws_iam_role.this.arn

  # Native AOT: the operating system's own runtime, one executable.
  runtime       = "provided.al2023"
  handler       = "bootstrap"
  architectures = [var.package.architecture]

  filename         = local.from_file ? var.package.path : null
  source_code_hash = local.from_file ? filebase64sha256(var.package.path) : null
  s3_bucket        = var.package.bucket
  s3_key           = local.from_file ? null : var.package.path
  layers           = var.layers

  memory_size = var.size.memory_megabytes
  timeout     = var.size.timeout_seconds
  kms_key_arn = var.kms_key_arn

  reserved_concurrent_executions = var.size.concurrency

  # Each change of code or settings becomes a version, which stays as it is.
  publish = true

  dynamic "vpc_config" {
    for_each = var.network[*]

    content {
      subnet_ids         = vpc_config.value.subnet_ids
      security_group_ids = vpc_config.value.security_group_ids
    }
  }

  environment {
    # .NET's names of the levels: those are what Amazon's runtime reads here.
    variables = merge(var.environment, { AWS_LAMBDA_HANDLER_LOG_LEVEL = local.levels[var.log.level] })
  }

  # The function itself keeps lines below its level back. Lambda must not: a line without a level, as those of metrics are, is INFO to it.
  logging_config {
    log_format            = "JSON"
    application_log_level = contains(["TRACE", "DEBUG"], var.log.level) ? var.log.level : "INFO"
    system_log_level      = "INFO"
    log_group             = local.log_group.name
  }

  tracing_config {
    mode = var.log.tracing ? "Active" : "PassThrough"
  }

  dynamic "dead_letter_config" {
    for_each = var.dead_letter_arn[*]

    content {
      target_arn = dead_letter_config.value
    }
  }

  lifecycle {
    precondition {
      condition     = local.built_for == var.package.architecture
      error_message = "${var.package.path} was built for ${local.built_for}, and functions.architecture is ${var.package.architecture}: set that, or run make package ARCH=${var.package.architecture}."
    }
  }

  # Lambda checks at creation that the role can reach queue and key.
  depends_on = [aws_iam_role_policy.this]
}

data "aws_lambda_alias" "live" {
  count = var.package.hold ? 1 : 0

  function_name = var.name
  name          = "live"
}

# What everything calls. It can go back to an earlier version at once, and can give a newer one a part of the invocations (docs/operations.md).
resource "aws_lambda_alias" "live" {
  name             = "live"
  description      = "What everything calls"
  function_name    = aws_lambda_function.this.function_name
  function_version = var.package.hold ? data.aws_lambda_alias.live[0].function_version : aws_lambda_function.this.version

  # Both belong to `operator release`: the version that was live before, and the part that a new version gets. An apply meanwhile leaves them.
  lifecycle {
    ignore_changes = [description, routing_config]
  }
}

data "aws_cloudwatch_log_group" "existing" {
  count = var.log.group == null ? 0 : 1

  name = var.log.group
}

resource "aws_cloudwatch_log_group" "this" {
  count = var.log.group == null ? 1 : 0

  name              = "/aws/lambda/${var.name}"
  retention_in_days = var.log.retention_days
  kms_key_id        = var.kms_key_arn
}
