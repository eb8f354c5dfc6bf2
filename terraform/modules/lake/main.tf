# The lake as tables for Athena: a database, two tables of lines, two views that open them, and a workgroup with a limit.
data "aws_caller_identity" "current" {}

locals {
  # Names of tables and views are the same in every deployment; the database tells deployments apart.
  database = replace(var.name, "-", "_")

  # A table holds whole lines, as text. A JSON SerDe would refuse a payload that has a key twice, or two keys that differ in capitals only, and with it the whole query.
  tables = {
    envelopes = {
      description = "The lake's lines: an envelope (CloudEvents 1.0) each. The view events opens them."
      location    = "s3://${var.bucket_name}/lake/events/"
      partitions  = ["year", "month", "day", "hour"]
      # The prefix of the delivery stream. Only the years are counted up to now; every year has all months, days and hours.
      projection = {
        "projection.year.type"          = "date"
        "projection.year.format"        = "yyyy"
        "projection.year.range"         = "${var.first_year},NOW"
        "projection.year.interval"      = "1"
        "projection.year.interval.unit" = "YEARS"
        "projection.month.type"         = "integer"
        "projection.month.range"        = "1,12"
        "projection.month.digits"       = "2"
        "projection.day.type"           = "integer"
        "projection.day.range"          = "1,31"
        "projection.day.digits"         = "2"
        "projection.hour.type"          = "integer"
        "projection.hour.range"         = "0,23"
        "projection.hour.digits"        = "2"
        "storage.location.template"     = "s3://${var.bucket_name}/lake/events/year=$${year}/month=$${month}/day=$${day}/hour=$${hour}/"
      }
    }
    failed_lines = {
      description = "The lines of records that were not transformed, as Firehose writes them. The view failed opens them."
      location    = "s3://${var.bucket_name}/lake/errors/processing-failed/"
      partitions  = ["hour"]
      projection = {
        "projection.hour.type"          = "date"
        "projection.hour.format"        = "yyyy/MM/dd/HH"
        "projection.hour.range"         = "${var.first_year}/01/01/00,NOW"
        "projection.hour.interval"      = "1"
        "projection.hour.interval.unit" = "HOURS"
        "storage.location.template"     = "s3://${var.bucket_name}/lake/errors/processing-failed/$${hour}/"
      }
    }
  }

  # Types are Trino's, which Athena speaks. A view's columns must have exactly the types that its query gives.
  views = {
    events = {
      description = "An event a row, with its payload in data."
      columns = concat(
        [for column in ["id", "source", "type", "stream"] : { name = column, type = "varchar" }],
        [for column in ["time", "accepted"] : { name = column, type = "timestamp(3)" }],
        [for column in ["producer_sequence", "traceparent", "datacontenttype", "data", "data_base64", "dataref", "year", "month", "day", "hour"] : { name = column, type = "varchar" }],
      )
    }
    failed = {
      description = "A record a row that was not transformed, with the reason that Firehose gives."
      columns = concat(
        [{ name = "arrived", type = "timestamp(3)" }, { name = "attempts", type = "bigint" }],
        [for column in ["reason", "message", "record", "record_base64", "hour"] : { name = column, type = "varchar" }],
      )
    }
  }

  hive_types = { "varchar" = "string", "timestamp(3)" = "timestamp", "bigint" = "bigint" }
}

resource "aws_glue_catalog_database" "this" {
  name        = local.database
  description = "The lake of ${var.name}."
}

resource "aws_glue_catalog_table" "lines" {
  for_each = local.tables

  database_name = aws_glue_catalog_database.this.name
  name          = each.key
  description   = each.value.description
  table_type    = "EXTERNAL_TABLE"
  parameters    = merge({ EXTERNAL = "TRUE", "projection.enabled" = "true" }, each.value.projection)

  storage_descriptor {
    location      = each.value.location
    input_format  = "org.apache.hadoop.mapred.TextInputFormat"
    output_format = "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat"

    # Its delimiter is a control character, which JSON never holds unescaped: a line stays whole.
    ser_de_info {
      serialization_library = "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe"
      parameters            = { "serialization.format" = "1" }
    }

    columns {
      name = "line"
      type = "string"
    }
  }

  dynamic "partition_keys" {
    for_each = each.value.partitions

    content {
      name = partition_keys.value
      type = "string"
    }
  }
}

# A view of Athena is a table of this form: the query and its columns as base64 of JSON, between the words that Trino looks for.
resource "aws_glue_catalog_table" "view" {
  for_each = local.views

  database_name = aws_glue_catalog_database.this.name
  name          = each.key
  description   = each.value.description
  table_type    = "VIRTUAL_VIEW"
  parameters    = { presto_view = "true", comment = "Presto View" }

  view_expanded_text = "/* Presto View */"
  view_original_text = "/* Presto View: ${base64encode(jsonencode({
    originalSql = file("${path.module}/${each.key}.sql")
    catalog     = "awsdatacatalog"
    schema      = local.database
    columns     = each.value.columns
  }))} */"

  storage_descriptor {
    dynamic "columns" {
      for_each = each.value.columns

      content {
        name = columns.value.name
        type = local.hive_types[columns.value.type]
      }
    }
  }
}
