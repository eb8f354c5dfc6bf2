mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  name = "events-123456789012-eu-north-1"
}

run "a_bucket_is_private_encrypted_and_versioned" {
  command = plan
  module { source = "./modules/s3" }

  assert {
    condition = alltrue([
      aws_s3_bucket_public_access_block.this.block_public_acls, aws_s3_bucket_public_access_block.this.block_public_policy,
      aws_s3_bucket_public_access_block.this.ignore_public_acls, aws_s3_bucket_public_access_block.this.restrict_public_buckets,
    ])
    error_message = "Nothing in it may become public."
  }

  assert {
    condition     = one(one(aws_s3_bucket_server_side_encryption_configuration.this.rule).apply_server_side_encryption_by_default).sse_algorithm == "AES256"
    error_message = "It must be encrypted."
  }

  assert {
    condition     = aws_s3_bucket_versioning.this.versioning_configuration[0].status == "Enabled" && !aws_s3_bucket.this.force_destroy
    error_message = "Old versions must be kept, and so must a bucket with objects."
  }
}

run "each_place_ages_by_its_own_days" {
  command = plan
  module { source = "./modules/s3" }
  variables {
    archive     = { prefix = "lake/events/", days = 90, storage_class = "GLACIER_IR" }
    expire_days = { "lake/events/" = 365, "payloads/" = 400 }
  }

  assert {
    condition = {
      for rule in aws_s3_bucket_lifecycle_configuration.this.rule : rule.id => rule.filter[0].prefix if rule.id != "leftovers"
    } == { archive = "lake/events/", "expire lake/events/" = "lake/events/", "expire payloads/" = "payloads/" }
    error_message = "Each place must age by its own rule, and no other."
  }
}

run "a_replicated_lake_is_versioned_whatever_was_said" {
  command = plan
  module { source = "./modules/s3" }
  variables {
    versioning  = false
    replication = { bucket_arn = "arn:aws:s3:::the-copy", role = { name = "events-replication" } }
  }

  assert {
    condition     = aws_s3_bucket_versioning.this.versioning_configuration[0].status == "Enabled" && aws_s3_bucket_replication_configuration.this[0].rule[0].filter[0].prefix == "lake/"
    error_message = "S3 replicates versions only."
  }
}

run "a_copy_without_a_key_of_what_has_one_is_refused" {
  command = plan
  module { source = "./modules/s3" }
  variables {
    kms_key_arn = "arn:aws:kms:eu-north-1:123456789012:key/k"
    replication = { bucket_arn = "arn:aws:s3:::the-copy", role = { name = "events-replication" } }
  }
  expect_failures = [aws_s3_bucket_replication_configuration.this]
}

run "a_name_that_no_bucket_can_have_is_refused" {
  command = plan
  module { source = "./modules/s3" }
  variables {
    name = "Events"
  }
  expect_failures = [var.name]
}
