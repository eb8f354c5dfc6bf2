locals {
  # `make package` writes it beside the packages.
  built_for = try(trimspace(file("${dirname(var.package)}/architecture")), var.architecture)
}

resource "aws_lambda_function" "this" {
  function_name = var.name
  role          = aws_iam_role.this.arn

  # Native AOT: the operating system's own runtime, one executable.
  runtime       = "provided.al2023"
  handler       = "bootstrap"
  architectures = [var.architecture]

  filename         = var.package
  source_code_hash = filebase64sha256(var.package)
  layers           = var.layers

  memory_size = var.memory_megabytes
  timeout     = var.timeout_seconds
  kms_key_arn = var.kms_key_arn

  environment {
    variables = var.environment
  }

  logging_config {
    log_format            = "JSON"
    application_log_level = var.log.level
    system_log_level      = "INFO"
    log_group             = aws_cloudwatch_log_group.this.name
  }

  dynamic "dead_letter_config" {
    for_each = var.dead_letter_arn[*]

    content {
      target_arn = dead_letter_config.value
    }
  }

  lifecycle {
    precondition {
      condition     = local.built_for == var.architecture
      error_message = "${var.package} was built for ${local.built_for}, and functions.architecture is ${var.architecture}: set that, or run make package ARCH=${var.architecture}."
    }
  }

  # Lambda checks at creation that the role can reach queue and key.
  depends_on = [aws_iam_role_policy.this]
}

resource "aws_cloudwatch_log_group" "this" {
  name              = "/aws/lambda/${var.name}"
  retention_in_days = var.log.retention_days
  kms_key_id        = var.kms_key_arn
}
