mock_provider "aws" {
  source = "./tests/mocks"
}

run "names_are_those_of_the_handbook" {
  command = plan
  module { source = "./modules/data-to-events" }

  assert {
    condition = {
      stream = module.kinesis.name, queue = module.sqs.name, dead_letters = module.sqs.dead_letter_name, table = module.dynamodb.name, bus = module.eventbridge.name,
      view   = module.consumer.view_table_name, rule = module.consumer.rule_name, rule_dead_letters = module.consumer.dead_letter_name
      } == {
      stream = "data-events-stream", queue = "data-events-queue.fifo", dead_letters = "data-events-dlq.fifo", table = "data-events", bus = "data-events-bus",
      view   = "data-events-view", rule = "data-inserted", rule_dead_letters = "data-events-rule-dlq"
    }
    error_message = "The names must be the same on AWS and embedded."
  }
}

run "events_are_stored_in_batches_of_ten_with_a_verdict_each" {
  command = plan
  module { source = "./modules/data-to-events" }

  assert {
    condition     = aws_lambda_event_source_mapping.queue.batch_size == 10 && aws_lambda_event_source_mapping.queue.maximum_batching_window_in_seconds == null && aws_lambda_event_source_mapping.queue.function_response_types == toset(["ReportBatchItemFailures"])
    error_message = "A FIFO queue has batches of ten, no window; without verdicts one failure repeats all."
  }
}

run "queue_stream_and_delivery_stream_call_the_aliases" {
  command = apply
  module { source = "./modules/data-to-events" }

  assert {
    condition     = aws_lambda_event_source_mapping.queue.function_name == module.event_storer.live_arn && aws_lambda_event_source_mapping.stream.function_name == module.integration_event_emitter.live_arn
    error_message = "Past the alias a release changes nothing, and a way back neither."
  }

  assert {
    condition     = anytrue([for statement in output.operator_actions : contains(statement.actions, "lambda:UpdateAlias") && contains(statement.resources, module.transformer.arn)])
    error_message = "The operator must be allowed to go back."
  }
}

run "a_release_is_held_for_the_operator_whose_command_is_told" {
  command = apply
  module { source = "./modules/data-to-events" }
  variables {
    name    = "orders"
    release = { hold = true, canary_percent = 5, minutes = 30, alarms = ["ours-late"] }
  }

  assert {
    condition     = output.release_command == "operator release start --region eu-north-1 --table orders --percent 5 --duration 30m --alarm ours-late"
    error_message = "The command must have the settings."
  }

  assert {
    condition     = alltrue([for version in output.versions : version.live == "7"]) && length(output.versions) == 5
    error_message = "No function may be forgotten."
  }
}

run "with_the_newest_versions_live_there_is_no_command" {
  command = apply
  module { source = "./modules/data-to-events" }

  assert {
    condition     = output.release_command == null && alltrue([for version in output.versions : version.live == version.newest])
    error_message = "There is nothing to release."
  }
}

run "an_outage_of_four_hours_sets_no_event_aside" {
  command = plan
  module { source = "./modules/data-to-events" }

  assert {
    condition     = var.queue.max_receives * var.queue.visibility_timeout_seconds >= 4 * 3600
    error_message = "What is set aside comes back behind later events of its stream."
  }
}

run "a_payload_that_the_bus_does_not_take_is_not_inline" {
  command = plan
  module { source = "./modules/data-to-events" }
  variables {
    functions = { inline_limit_bytes = 250001 }
  }

  expect_failures = [var.functions]
}

run "only_insertions_are_published_and_none_is_skipped" {
  command = apply
  module { source = "./modules/data-to-events" }

  assert {
    condition     = [for filter in one(aws_lambda_event_source_mapping.stream.filter_criteria).filter : jsondecode(filter.pattern)] == [{ eventName = ["INSERT"] }]
    error_message = "Only insertions may pass the filter."
  }

  assert {
    condition     = aws_lambda_event_source_mapping.stream.starting_position == "TRIM_HORIZON" && aws_lambda_event_source_mapping.stream.function_response_types == toset(["ReportBatchItemFailures"]) && aws_lambda_event_source_mapping.stream.bisect_batch_on_function_error
    error_message = "From the beginning, with a checkpoint, and halved around what is poisonous."
  }

  assert {
    condition     = one(one(aws_lambda_event_source_mapping.stream.destination_config).on_failure).destination_arn == module.s3[0].arn
    error_message = "What cannot be published must be set aside with its payload."
  }
}

run "one_emitter_reads_a_shard_because_order_on_the_bus_needs_it" {
  command = plan
  module { source = "./modules/data-to-events" }

  assert {
    condition     = aws_lambda_event_source_mapping.stream.parallelization_factor == 1
    error_message = "Lambda keeps the order of items, not of partition keys: two emitters for a shard publish the events of a stream in any order."
  }
}

run "more_emitters_are_refused_while_order_on_the_bus_is_not_given_up" {
  command = plan
  module { source = "./modules/data-to-events" }
  variables {
    bus = { parallelization = 2 }
  }

  expect_failures = [var.bus]
}

run "more_emitters_read_a_shard_when_order_on_the_bus_is_given_up" {
  command = plan
  module { source = "./modules/data-to-events" }
  variables {
    bus = { parallelization = 2, give_up_order = true }
  }

  assert {
    condition     = aws_lambda_event_source_mapping.stream.parallelization_factor == 2
    error_message = "Whoever gives up the order gets the emitters."
  }
}

run "more_changes_can_be_published" {
  command = plan
  module { source = "./modules/data-to-events" }
  variables {
    bus = { emit_modified = true, emit_removed = true }
  }

  assert {
    condition     = toset([for filter in one(aws_lambda_event_source_mapping.stream.filter_criteria).filter : jsondecode(filter.pattern).eventName[0]]) == toset(["INSERT", "MODIFY", "REMOVE"])
    error_message = "All three must pass the filter."
  }
}

run "the_bus_may_use_a_customers_key_for_queues_though_it_names_no_account" {
  command = plan
  module { source = "./modules/data-to-events" }
  variables {
    encryption = { key = "customer" }
  }

  assert {
    condition = anytrue([
      for statement in data.aws_iam_policy_document.kms.statement : contains(one(statement.principals).identifiers, "events.amazonaws.com") && contains(statement.actions, "kms:GenerateDataKey") && statement.condition[*].variable == tolist(["kms:EncryptionContext:aws:sqs:arn"])
    ])
    error_message = "EventBridge gives no aws:SourceAccount when it sends to an encrypted queue: dead letters would be lost."
  }

  assert {
    condition = anytrue([
      for statement in data.aws_iam_policy_document.kms.statement : contains(one(statement.principals).identifiers, "events.amazonaws.com") && statement.actions == toset(["kms:DescribeKey"]) && length(statement.condition) == 0
    ])
    error_message = "EventBridge looks at the key before it names an account."
  }
}

run "a_key_that_is_kept_can_still_be_read_with" {
  command = apply
  module { source = "./modules/data-to-events" }
  variables {
    encryption = { key = "aws", keep_key = true }
  }

  assert {
    condition     = length(aws_kms_key.this) == 1 && local.kms_key_arn == null && local.encrypt.Encrypt.resources == aws_kms_key.this[*].arn
    error_message = "Going back to AWS's keys must not make old data unreadable."
  }
}

run "with_aws_keys_there_is_no_key_and_no_leave_for_one" {
  command = plan
  module { source = "./modules/data-to-events" }

  assert {
    condition     = length(aws_kms_key.this) == 0 && length(local.encrypt) == 0
    error_message = "Nothing may be left of a key that nobody asked for."
  }
}

run "changes_that_lambda_drops_are_counted" {
  command = plan
  module { source = "./modules/data-to-events" }

  assert {
    condition     = one(aws_lambda_event_source_mapping.stream.metrics_config).metrics == toset(["EventCount"])
    error_message = "A mapping counts only when it is told to; without it the alarm changes-dropped stays silent."
  }
}

run "roles_have_names_of_their_own_in_each_region" {
  command = plan
  module { source = "./modules/data-to-events" }
  variables {
    name      = "a-name-of-thirty-one-characters"
    functions = { role_path = "/data/" }
  }

  assert {
    condition     = alltrue([for role in local.role : length(role.name) <= 64 && endswith(role.name, substr(sha1("eu-north-1/data/"), 0, 6)) && role.path == "/data/"])
    error_message = "IAM knows no regions, and at most 64 characters."
  }
}

run "the_operator_finds_the_catalog_in_the_bucket" {
  command = plan
  module { source = "./modules/data-to-events" }
  variables {
    # Any file will do.
    functions = { catalog_zip = "./versions.tf" }
  }

  assert {
    condition     = aws_s3_object.catalog[0].key == "catalog/catalog.zip" && aws_s3_object.catalog[0].source == aws_lambda_layer_version.catalog[0].filename && aws_s3_object.catalog[0].source_hash == aws_lambda_layer_version.catalog[0].source_code_hash
    error_message = "It has to be the catalog that the Transformer has, under the key that the operator reads."
  }
}

run "what_is_there_already_is_used_and_not_made" {
  command = apply
  module { source = "./modules/data-to-events" }
  variables {
    name      = "orders"
    functions = { log_groups = { event_storer = "/our/storer", event_responder_api = "/our/api" } }
    lake      = { bucket = "our-lake" }
    bus       = { existing = "our-bus", audit = true }
    alarms    = { topic_arn = "arn:aws:sns:eu-north-1:123456789012:our-alarms" }
  }

  assert {
    condition     = length(module.s3) == 0 && output.bus_name == "our-bus" && output.alarm_topic_arn == "arn:aws:sns:eu-north-1:123456789012:our-alarms"
    error_message = "Bucket, bus and topic are theirs."
  }

  assert {
    condition     = jsondecode(local.bus_pattern).resources == ["arn:aws:dynamodb:eu-north-1:123456789012:table/mock"] && module.consumer.rule_name == "orders-data-inserted"
    error_message = "On a bus that others use, the consumer must take only what comes from this table, by a rule of its own name."
  }

  assert {
    condition     = module.event_storer.log_group_name == "/our/storer" && module.consumer.log_group_names.event_responder_api == "/our/api"
    error_message = "Each function logs where it was told."
  }
}

run "levels_may_be_written_as_dotnet_does" {
  command = plan
  module { source = "./modules/data-to-events" }
  variables {
    functions = { log_level = "Warning" }
  }

  assert {
    condition     = local.log["transformer"].level == "WARN"
    error_message = "Lambda knows it as WARN."
  }
}

run "a_function_may_be_allowed_more" {
  command = plan
  module { source = "./modules/data-to-events" }
  variables {
    functions = { extra_statements = { event_responder = { Ours = { actions = ["dynamodb:PutItem"], resources = ["arn:aws:dynamodb:eu-north-1:123456789012:table/ours"] } } } }
  }

  assert {
    condition     = toset(keys(local.extra["event_responder"])) == toset(["Ours"]) && length(local.extra["transformer"]) == 0
    error_message = "That function, and no other."
  }
}

run "every_function_is_for_the_processor_that_was_chosen" {
  command = plan
  module { source = "./modules/data-to-events" }
  variables {
    functions = { architecture = "arm64" }
  }

  assert {
    condition     = alltrue([for package in local.packages : package.architecture == "arm64"]) && length(local.packages) == 4
    error_message = "A package of the other processor does not start."
  }
}

run "nothing_takes_records_over_http_unless_asked_for" {
  command = plan
  module { source = "./modules/data-to-events" }

  assert {
    condition     = length(module.ingest) == 0 && output.ingest_url == null && output.ingest_key_ids == {}
    error_message = "The API is off by default."
  }
}

run "a_producer_without_an_sdk_is_told_where_to_send_and_what_it_must_be_allowed" {
  command = apply
  module { source = "./modules/data-to-events" }
  variables {
    ingest_api = { create = true }
  }

  assert {
    condition     = output.ingest_url == "https://mock.execute-api.eu-north-1.amazonaws.com/v1/ingest" && contains(flatten(output.producer_actions[*].actions), "execute-api:Invoke")
    error_message = "Outputs must say it."
  }

  assert {
    condition     = module.ingest[0].name == "data-events-ingest"
    error_message = "The alarm ingest-errors looks for this name."
  }
}

run "nothing_answers_sql_unless_asked_for" {
  command = plan
  module { source = "./modules/data-to-events" }

  assert {
    condition     = length(module.lake) == 0
    error_message = "Athena is off by default."
  }
}

run "who_asks_the_lake_may_read_it_and_write_answers_only" {
  command = apply
  module { source = "./modules/data-to-events" }
  variables {
    lake = { query = true }
  }

  assert {
    condition     = module.lake[0].workgroup_name == "data-events" && module.lake[0].database_name == "data_events"
    error_message = "These names are the defaults of operator lake query."
  }

  assert {
    condition     = contains(module.lake[0].catalog_arns, "arn:aws:glue:eu-north-1:123456789012:catalog") && alltrue([for arn in module.lake[0].catalog_arns : !endswith(arn, "*")])
    error_message = "A query reads the catalog, and nothing in it but the lake's database and tables."
  }

  assert {
    condition     = length(setintersection(flatten(output.operator_actions[*].actions), ["glue:CreateTable", "glue:UpdateTable", "glue:DeleteTable", "athena:UpdateWorkGroup"])) == 0
    error_message = "No query may change a table, and nobody the limit."
  }
}

run "the_lake_of_a_bucket_that_is_there_answers_too" {
  command = apply
  module { source = "./modules/data-to-events" }
  variables {
    lake = { bucket = "our-lake", query = true }
  }

  assert {
    condition     = module.lake[0].workgroup_name == "data-events" && length(module.s3) == 0
    error_message = "Answers have a bucket of their own, so the owner of the lake's has nothing to do."
  }
}
