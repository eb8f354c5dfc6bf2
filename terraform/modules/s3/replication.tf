locals {
  # An object that is encrypted with your key is replicated only if the copy has one too.
  replica_keys = var.replication == null ? [] : compact([var.replication.kms_key_arn])
}

resource "aws_iam_role" "replication" {
  count = var.replication == null ? 0 : 1

  name                 = var.replication.role.name
  path                 = var.replication.role.path
  permissions_boundary = var.replication.role.permissions_boundary
  assume_role_policy   = data.aws_iam_policy_document.replication_assume.json
}

data "aws_iam_policy_document" "replication_assume" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["s3.amazonaws.com"]
    }
  }
}

data "aws_iam_policy_document" "replication" {
  count = length(aws_iam_role.replication)

  statement {
    sid       = "ReadConfiguration"
    actions   = ["s3:GetReplicationConfiguration", "s3:ListBucket"]
    resources = [aws_s3_bucket.this.arn]
  }

  statement {
    sid       = "ReadVersions"
    actions   = ["s3:GetObjectVersionForReplication", "s3:GetObjectVersionAcl", "s3:GetObjectVersionTagging"]
    resources = ["${aws_s3_bucket.this.arn}/lake/*"]
  }

  statement {
    sid       = "WriteCopies"
    actions   = ["s3:ReplicateObject", "s3:ReplicateDelete", "s3:ReplicateTags"]
    resources = ["${var.replication.bucket_arn}/lake/*"]
  }

  dynamic "statement" {
    for_each = var.kms_key_arn == null ? [] : [var.kms_key_arn]

    content {
      sid       = "DecryptHere"
      actions   = ["kms:Decrypt"]
      resources = [statement.value]
    }
  }

  dynamic "statement" {
    for_each = local.replica_keys

    content {
      sid       = "EncryptThere"
      actions   = ["kms:Encrypt"]
      resources = [statement.value]
    }
  }
}

resource "aws_iam_role_policy" "replication" {
  count = length(aws_iam_role.replication)

  name   = "replication"
  role   = aws_iam_role.replication[0].id
  policy = data.aws_iam_policy_document.replication[0].json
}

resource "aws_s3_bucket_replication_configuration" "this" {
  count = length(aws_iam_role.replication)

  bucket = aws_s3_bucket.this.id
  role   = aws_iam_role.replication[0].arn

  rule {
    id     = "lake"
    status = "Enabled"

    filter {
      prefix = "lake/"
    }

    delete_marker_replication {
      status = "Disabled"
    }

    destination {
      bucket        = var.replication.bucket_arn
      storage_class = var.replication.storage_class

      dynamic "encryption_configuration" {
        for_each = local.replica_keys

        content {
          replica_kms_key_id = encryption_configuration.value
        }
      }
    }

    dynamic "source_selection_criteria" {
      for_each = local.replica_keys

      content {
        sse_kms_encrypted_objects {
          status = "Enabled"
        }
      }
    }
  }

  lifecycle {
    precondition {
      condition     = var.kms_key_arn == null || length(local.replica_keys) == 1
      error_message = "lake.replication needs a kms_key_arn when encryption.key is \"customer\": S3 skips objects whose copy it could not encrypt."
    }
  }

  depends_on = [aws_s3_bucket_versioning.this, aws_iam_role_policy.replication]
}
