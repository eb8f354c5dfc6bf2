resource "aws_s3_bucket_lifecycle_configuration" "this" {
  bucket = aws_s3_bucket.this.id

  rule {
    id     = "leftovers"
    status = "Enabled"

    filter {}

    abort_incomplete_multipart_upload {
      days_after_initiation = 7
    }

    noncurrent_version_expiration {
      noncurrent_days = 30
    }
  }

  dynamic "rule" {
    for_each = var.lifecycle_days.glacier > 0 ? [var.lifecycle_days.glacier] : []

    content {
      id     = "lake-to-glacier"
      status = "Enabled"

      filter {
        prefix = "lake/events/"
      }

      transition {
        days          = rule.value
        storage_class = "GLACIER"
      }
    }
  }

  dynamic "rule" {
    for_each = var.lifecycle_days.expire > 0 ? [var.lifecycle_days.expire] : []

    content {
      id     = "lake-expires"
      status = "Enabled"

      filter {
        prefix = "lake/events/"
      }

      expiration {
        days = rule.value
      }
    }
  }

  depends_on = [aws_s3_bucket_versioning.this]
}
