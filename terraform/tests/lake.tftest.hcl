mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  name            = "data-events"
  bucket_name     = "the-lake"
  answers         = { bucket_name = "data-events-sql-123456789012-eu-north-1", keep_days = 7 }
  limit_gigabytes = 10
}

run "the_tables_find_every_object_where_firehose_writes_it" {
  command = plan
  module { source = "./modules/lake" }

  assert {
    condition = { for name, table in aws_glue_catalog_table.lines : name => table.parameters["storage.location.template"] } == {
      envelopes    = "s3://the-lake/lake/events/year=$${year}/month=$${month}/day=$${day}/hour=$${hour}/"
      failed_lines = "s3://the-lake/lake/errors/processing-failed/$${hour}/"
    }
    error_message = "They are the prefixes of modules/kinesis."
  }

  assert {
    condition     = alltrue([for table in values(aws_glue_catalog_table.lines) : table.parameters["projection.enabled"] == "true" && alltrue([for key in table.partition_keys : contains(keys(table.parameters), "projection.${key.name}.type")])])
    error_message = "Each partition must be counted, or Athena would look for it in the catalog, where it is not."
  }

  assert {
    condition     = endswith(aws_glue_catalog_table.lines["envelopes"].parameters["projection.year.range"], ",NOW") && endswith(aws_glue_catalog_table.lines["failed_lines"].parameters["projection.hour.range"], ",NOW")
    error_message = "No year may come that the tables do not know."
  }

  assert {
    condition     = alltrue([for part in ["month", "day", "hour"] : aws_glue_catalog_table.lines["envelopes"].parameters["projection.${part}.digits"] == "2"])
    error_message = "Firehose writes two digits."
  }
}

run "a_table_holds_whole_lines" {
  command = plan
  module { source = "./modules/lake" }

  assert {
    condition     = alltrue([for table in values(aws_glue_catalog_table.lines) : one(one(table.storage_descriptor).columns).name == "line" && one(one(table.storage_descriptor).ser_de_info).serialization_library == "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe"])
    error_message = "A payload with a key twice must not end a query."
  }
}

run "a_view_says_what_trino_reads" {
  command = plan
  module { source = "./modules/lake" }

  assert {
    condition = alltrue([
      for name, view in aws_glue_catalog_table.view :
      jsondecode(base64decode(regex("^/\\* Presto View: (.+) \\*/$", view.view_original_text)[0])) == {
        originalSql = file("./modules/lake/${name}.sql"), catalog = "awsdatacatalog", schema = "data_events", columns = local.views[name].columns
      }
    ])
    error_message = "Athena decodes exactly this."
  }

  assert {
    condition     = alltrue([for view in values(aws_glue_catalog_table.view) : view.table_type == "VIRTUAL_VIEW" && view.view_expanded_text == "/* Presto View */" && view.parameters["presto_view"] == "true"])
    error_message = "By these it knows a view."
  }

  assert {
    condition     = alltrue([for name, view in aws_glue_catalog_table.view : [for column in one(view.storage_descriptor).columns : column.name] == [for column in local.views[name].columns : column.name]])
    error_message = "The catalog shows the columns of the query."
  }
}

run "a_question_has_a_limit_and_an_answer_of_its_own" {
  command = apply
  module { source = "./modules/lake" }

  assert {
    condition     = one(aws_athena_workgroup.this.configuration).enforce_workgroup_configuration && one(aws_athena_workgroup.this.configuration).bytes_scanned_cutoff_per_query == 10737418240
    error_message = "No client may lift the limit."
  }

  assert {
    condition     = one(one(one(aws_athena_workgroup.this.configuration).result_configuration).encryption_configuration).encryption_option == "SSE_S3"
    error_message = "Answers must be encrypted."
  }

  assert {
    condition     = length(aws_athena_named_query.this) == length(fileset("./modules/lake/queries", "*.sql")) && alltrue([for query in values(aws_athena_named_query.this) : endswith(query.description, "?") || endswith(query.description, ".")])
    error_message = "Each file is a named query, and says what it answers."
  }
}

run "answers_are_encrypted_with_a_customers_key" {
  command = apply
  module { source = "./modules/lake" }
  variables {
    kms_key_arn = "arn:aws:kms:eu-north-1:123456789012:key/00000000-0000-0000-0000-000000000000"
  }

  assert {
    condition     = one(one(one(one(aws_athena_workgroup.this.configuration).result_configuration).encryption_configuration)[*].kms_key_arn) == var.kms_key_arn
    error_message = "What is secret in the lake is secret in an answer."
  }
}

run "a_limit_of_nothing_is_refused" {
  command = plan
  module { source = "./modules/lake" }
  variables {
    limit_gigabytes = 0
  }
  expect_failures = [var.limit_gigabytes]
}

run "answers_that_are_not_kept_are_refused" {
  command = plan
  module { source = "./modules/lake" }
  variables {
    answers = { bucket_name = "data-events-sql-123456789012-eu-north-1", keep_days = 0 }
  }
  expect_failures = [var.answers]
}
