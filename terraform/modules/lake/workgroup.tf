# Answers lie in a bucket of their own, so that whoever asks needs no right to write into the lake.
module "answers" {
  source = "../s3"

  name            = var.answers.bucket_name
  kms_key_arn     = var.kms_key_arn
  versioning      = true
  expire_days     = { "answers/" = var.answers.keep_days }
  destroy_objects = true
}

resource "aws_athena_workgroup" "this" {
  name        = var.name
  description = "Questions to the lake of ${var.name}."

  # With its named queries and its history of questions.
  force_destroy = true

  configuration {
    # A client's own place for answers, or its own encryption, does not count.
    enforce_workgroup_configuration    = true
    publish_cloudwatch_metrics_enabled = true
    bytes_scanned_cutoff_per_query     = var.limit_gigabytes * 1073741824

    engine_version {
      selected_engine_version = "Athena engine version 3"
    }

    result_configuration {
      output_location       = "s3://${module.answers.name}/answers/"
      expected_bucket_owner = data.aws_caller_identity.current.account_id

      encryption_configuration {
        encryption_option = var.kms_key_arn == null ? "SSE_S3" : "SSE_KMS"
        kms_key_arn       = var.kms_key_arn
      }
    }
  }
}

resource "aws_athena_named_query" "this" {
  for_each = fileset("${path.module}/queries", "*.sql")

  name        = trimsuffix(each.value, ".sql")
  description = trimprefix(split("\n", file("${path.module}/queries/${each.value}"))[0], "-- ")
  workgroup   = aws_athena_workgroup.this.name
  database    = aws_glue_catalog_database.this.name
  query       = file("${path.module}/queries/${each.value}")
}
