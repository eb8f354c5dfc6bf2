# The home region: `data.aws_region` names it differently in versions 5 and 6 of the provider.
data "aws_service" "home" {
  service_id = "sts"
}

resource "aws_dynamodb_table" "this" {
  name         = var.name
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "pk"
  range_key    = "sk"

  dynamic "on_demand_throughput" {
    for_each = var.most_units[*]

    content {
      max_read_request_units  = on_demand_throughput.value.read
      max_write_request_units = on_demand_throughput.value.write
    }
  }

  deletion_protection_enabled = var.deletion_protection

  # A global table needs the stream with both images; the emitter reads the old one of what was removed.
  stream_enabled   = var.stream || length(var.replicas) > 0
  stream_view_type = var.stream || length(var.replicas) > 0 ? "NEW_AND_OLD_IMAGES" : null

  attribute {
    name = "pk"
    type = "S"
  }

  attribute {
    name = "sk"
    type = "S"
  }

  dynamic "ttl" {
    for_each = var.ttl_attribute == null ? [] : [var.ttl_attribute]

    content {
      attribute_name = ttl.value
      enabled        = true
    }
  }

  point_in_time_recovery {
    enabled = var.point_in_time_recovery
  }

  dynamic "server_side_encryption" {
    for_each = var.kms_key_arn == null ? [] : [var.kms_key_arn]

    content {
      enabled     = true
      kms_key_arn = server_side_encryption.value
    }
  }

  dynamic "replica" {
    for_each = var.replicas

    content {
      region_name            = replica.key
      kms_key_arn            = replica.value.kms_key_arn
      point_in_time_recovery = var.point_in_time_recovery
      propagate_tags         = true
    }
  }

  lifecycle {
    precondition {
      condition     = !contains(keys(var.replicas), data.aws_service.home.region)
      error_message = "store.replicas must not name ${data.aws_service.home.region}: that is the home region, where the table is already."
    }
  }
}
