locals {
  transform_wanted = {
    LambdaArn               = var.transformer.live_arn
    NumberOfRetries         = tostring(var.transform_retries)
    BufferSizeInMBs         = tostring(var.transform_buffer.megabytes)
    BufferIntervalInSeconds = tostring(var.transform_buffer.seconds)
  }

  # The provider leaves Firehose's own defaults out when it reads a stream: setting them would show as a change in every plan.
  transform_defaults = { NumberOfRetries = "3", BufferSizeInMBs = "1", BufferIntervalInSeconds = "60" }
  transform          = { for name, value in local.transform_wanted : name => value if value != lookup(local.transform_defaults, name, null) }
}

resource "aws_kinesis_firehose_delivery_stream" "this" {
  name        = var.name
  destination = "extended_s3"

  server_side_encryption {
    enabled  = true
    key_type = var.kms_key_arn == null ? "AWS_OWNED_CMK" : "CUSTOMER_MANAGED_CMK"
    key_arn  = var.kms_key_arn
  }

  extended_s3_configuration {
    role_arn   = aws_iam_role.this.arn
    bucket_arn = var.bucket_arn

    # The same keys as on one machine, where `make run` writes them: docs/aws.md.
    prefix              = "lake/events/year=!{timestamp:yyyy}/month=!{timestamp:MM}/day=!{timestamp:dd}/hour=!{timestamp:HH}/"
    error_output_prefix = "lake/errors/!{firehose:error-output-type}/!{timestamp:yyyy/MM/dd/HH}/"
    file_extension      = ".json.gz"
    compression_format  = "GZIP"
    kms_key_arn         = var.kms_key_arn

    buffering_size     = var.lake_buffer.megabytes
    buffering_interval = var.lake_buffer.seconds

    cloudwatch_logging_options {
      enabled         = true
      log_group_name  = aws_cloudwatch_log_group.this.name
      log_stream_name = aws_cloudwatch_log_stream.this.name
    }

    processing_configuration {
      enabled = true

      processors {
        type = "Lambda"

        dynamic "parameters" {
          for_each = local.transform

          content {
            parameter_name  = parameters.key
            parameter_value = parameters.value
          }
        }
      }

      # Behind the function: it is its records that are delimited.
      dynamic "processors" {
        for_each = var.append_newline ? ["\\n"] : []

        content {
          type = "AppendDelimiterToRecord"

          parameters {
            parameter_name  = "Delimiter"
            parameter_value = processors.value
          }
        }
      }
    }
  }

  lifecycle {
    precondition {
      condition     = var.transformer.timeout_seconds <= 300
      error_message = "The transformer's timeout is ${var.transformer.timeout_seconds} seconds; Firehose waits for at most 300."
    }
  }

  # Firehose tries the role when the stream is made.
  depends_on = [aws_iam_role_policy.this]
}

resource "aws_cloudwatch_log_group" "this" {
  name              = "/aws/kinesisfirehose/${var.name}"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.kms_key_arn
}

resource "aws_cloudwatch_log_stream" "this" {
  name           = "delivery"
  log_group_name = aws_cloudwatch_log_group.this.name
}

# Every line in this log is a failure: of the transformation or of the delivery.
resource "aws_cloudwatch_log_metric_filter" "failures" {
  name           = "${var.name}-failures"
  log_group_name = aws_cloudwatch_log_group.this.name
  pattern        = ""

  metric_transformation {
    name      = "${var.name}-failures"
    namespace = "DataToEvents"
    value     = "1"
  }
}
