mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  name = "events"
}

run "a_table_has_our_keys_and_cannot_be_lost_by_accident" {
  command = plan
  module { source = "./modules/dynamodb" }

  assert {
    condition     = aws_dynamodb_table.this.hash_key == "pk" && aws_dynamodb_table.this.range_key == "sk" && aws_dynamodb_table.this.billing_mode == "PAY_PER_REQUEST"
    error_message = "The key must be pk and sk, on demand."
  }

  assert {
    condition     = aws_dynamodb_table.this.deletion_protection_enabled && one(aws_dynamodb_table.this.point_in_time_recovery).enabled
    error_message = "Deletion protection and point-in-time recovery must be the default."
  }

  assert {
    condition     = !aws_dynamodb_table.this.stream_enabled && length(aws_dynamodb_table.this.ttl) == 0
    error_message = "Stream and expiry must be asked for."
  }
}

run "the_stream_carries_both_images" {
  command = plan
  module { source = "./modules/dynamodb" }
  variables {
    stream        = true
    ttl_attribute = "expiresAt"
  }

  assert {
    condition     = aws_dynamodb_table.this.stream_enabled && aws_dynamodb_table.this.stream_view_type == "NEW_AND_OLD_IMAGES"
    error_message = "The emitter reads the new image of what was inserted and the old one of what was removed."
  }

  assert {
    condition     = one(aws_dynamodb_table.this.ttl).attribute_name == "expiresAt" && one(aws_dynamodb_table.this.ttl).enabled
    error_message = "Items must expire by expiresAt."
  }
}

run "replicas_bring_their_stream" {
  command = plan
  module { source = "./modules/dynamodb" }
  variables {
    replicas = { eu-west-1 = {}, us-east-1 = {} }
  }

  assert {
    condition     = toset(aws_dynamodb_table.this.replica[*].region_name) == toset(["eu-west-1", "us-east-1"]) && aws_dynamodb_table.this.stream_enabled
    error_message = "Both regions must have a copy; a global table needs its stream."
  }
}

run "a_replica_at_home_is_refused" {
  command = plan
  module { source = "./modules/dynamodb" }
  variables {
    replicas = { eu-north-1 = {} }
  }
  expect_failures = [aws_dynamodb_table.this]
}

run "a_replica_nowhere_is_refused" {
  command = plan
  module { source = "./modules/dynamodb" }
  variables {
    replicas = { Dublin = {} }
  }
  expect_failures = [var.replicas]
}

run "a_table_may_have_a_bound" {
  command = plan
  module { source = "./modules/dynamodb" }
  variables {
    most_units = { read = 4000, write = 2000 }
  }

  assert {
    condition     = one(aws_dynamodb_table.this.on_demand_throughput).max_write_request_units == 2000 && one(aws_dynamodb_table.this.on_demand_throughput).max_read_request_units == 4000
    error_message = "A runaway producer must meet a bound."
  }
}
