mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  name            = "events-transformer"
  role            = { name = "events-transformer-role" }
  package         = { path = "../artifacts/Transformer.zip" }
  alarm_topic_arn = "arn:aws:sns:eu-north-1:123456789012:alarms"
}

run "a_function_is_one_executable_that_logs_json" {
  command = plan
  module { source = "./modules/lambda" }

  assert {
    condition     = aws_lambda_function.this.runtime == "provided.al2023" && aws_lambda_function.this.handler == "bootstrap" && aws_lambda_function.this.architectures == tolist(["x86_64"])
    error_message = "The runtime must be the operating system's own."
  }

  assert {
    condition     = one(aws_lambda_function.this.logging_config).log_format == "JSON" && one(aws_lambda_function.this.logging_config).log_group == "/aws/lambda/events-transformer"
    error_message = "It must log JSON to its own group."
  }

  assert {
    condition     = aws_cloudwatch_log_group.this[0].retention_in_days == 30
    error_message = "Logs must not be kept for ever by default."
  }

  assert {
    condition     = aws_lambda_function.this.source_code_hash == filebase64sha256("../artifacts/Transformer.zip")
    error_message = "A new package must be deployed."
  }
}

run "each_change_is_a_version_and_the_alias_goes_to_it" {
  command = apply
  module { source = "./modules/lambda" }

  assert {
    condition     = aws_lambda_function.this.publish && aws_lambda_alias.live.name == "live" && aws_lambda_alias.live.function_version == aws_lambda_function.this.version
    error_message = "An apply must make the new version live."
  }

  assert {
    condition     = output.live_arn == aws_lambda_alias.live.arn && output.invoke_arn == aws_lambda_alias.live.invoke_arn && output.alias == "live"
    error_message = "Whoever calls the function must get the alias."
  }
}

run "a_new_version_can_be_held_back" {
  command = plan
  module { source = "./modules/lambda" }
  variables {
    package = { path = "../artifacts/Transformer.zip", hold = true }
  }

  assert {
    condition     = aws_lambda_function.this.publish && aws_lambda_alias.live.function_version == "7"
    error_message = "The alias must stay at the version at which it is, wherever somebody moved it."
  }
}

run "a_level_above_info_does_not_silence_the_metrics" {
  command = plan
  module { source = "./modules/lambda" }
  variables {
    log = { level = "ERROR", retention_days = 30 }
  }

  assert {
    condition     = one(aws_lambda_function.this.logging_config).application_log_level == "INFO" && one(aws_lambda_function.this.environment).variables.AWS_LAMBDA_HANDLER_LOG_LEVEL == "Error"
    error_message = "Lambda drops lines without a level, as those of metrics are, above INFO: the function must choose its lines itself."
  }
}

run "a_log_group_that_is_there_is_used" {
  command = apply
  module { source = "./modules/lambda" }
  variables {
    log = { group = "/our/logs" }
  }

  assert {
    condition     = length(aws_cloudwatch_log_group.this) == 0 && one(aws_lambda_function.this.logging_config).log_group == "/our/logs" && output.log_group_name == "/our/logs"
    error_message = "No other group may be made."
  }

  assert {
    condition     = anytrue([for statement in data.aws_iam_policy_document.this.statement : statement.sid == "Log" && statement.resources == toset(["arn:aws:logs:eu-north-1:123456789012:log-group:mock:log-stream:*"])])
    error_message = "The function must be allowed to write there."
  }
}

run "tracing_brings_what_it_needs" {
  command = plan
  module { source = "./modules/lambda" }
  variables {
    log = { tracing = true }
  }

  assert {
    condition     = one(aws_lambda_function.this.tracing_config).mode == "Active" && contains(flatten(data.aws_iam_policy_document.this.statement[*].actions), "xray:PutTraceSegments")
    error_message = "Lambda must record, and its role must be allowed to."
  }
}

run "its_errors_and_throttles_call_somebody" {
  command = plan
  module { source = "./modules/lambda" }

  assert {
    condition = alltrue([
      for alarm in [aws_cloudwatch_metric_alarm.errors, aws_cloudwatch_metric_alarm.throttles] :
      alarm.alarm_actions == toset([var.alarm_topic_arn]) && alarm.dimensions.FunctionName == "events-transformer" && alarm.treat_missing_data == "notBreaching"
    ])
    error_message = "Both alarms must go to the topic, and be still while the function is."
  }
}

run "an_action_with_a_star_is_refused" {
  command = plan
  module { source = "./modules/lambda" }
  variables {
    allow = { Queue = { actions = ["sqs:*"], resources = ["arn:aws:sqs:eu-north-1:123456789012:queue"] } }
  }
  expect_failures = [var.allow]
}

run "another_processor_is_refused" {
  command = plan
  module { source = "./modules/lambda" }
  variables {
    package = { path = "../artifacts/Transformer.zip", architecture = "x64" }
  }
  expect_failures = [var.package]
}

run "a_package_for_another_processor_is_refused" {
  command = plan
  module { source = "./modules/lambda" }
  variables {
    package = { path = "../artifacts/arm64/Transformer.zip" }
  }
  expect_failures = [aws_lambda_function.this]
}

run "a_package_for_that_processor_is_taken" {
  command = plan
  module { source = "./modules/lambda" }
  variables {
    package = { path = "../artifacts/arm64/Transformer.zip", architecture = "arm64" }
  }

  assert {
    condition     = aws_lambda_function.this.architectures == tolist(["arm64"])
    error_message = "The function must run on the processor that its package is for."
  }
}

run "a_package_may_lie_in_a_bucket" {
  command = plan
  module { source = "./modules/lambda" }
  variables {
    package = { bucket = "releases", path = "1.4.0/Transformer.zip", release = "1.4.0" }
  }

  assert {
    condition     = aws_lambda_function.this.description == "DataToEvents 1.4.0"
    error_message = "operator doctor compares the releases of the functions."
  }

  assert {
    condition     = aws_lambda_function.this.s3_bucket == "releases" && aws_lambda_function.this.s3_key == "1.4.0/Transformer.zip" && aws_lambda_function.this.filename == null
    error_message = "No file of this machine may be asked for."
  }
}

run "a_function_in_a_vpc_may_make_itself_interfaces" {
  command = plan
  module { source = "./modules/lambda" }
  variables {
    network = { subnet_ids = ["subnet-0a"], security_group_ids = ["sg-0a"] }
    size    = { concurrency = 5 }
    role    = { name = "events-transformer-role", path = "/data/", permissions_boundary = "arn:aws:iam::123456789012:policy/boundary" }
  }

  assert {
    condition     = one(aws_lambda_function.this.vpc_config).subnet_ids == toset(["subnet-0a"]) && contains(flatten(data.aws_iam_policy_document.this.statement[*].actions), "ec2:CreateNetworkInterface")
    error_message = "Without the right to make interfaces Lambda refuses the function."
  }

  assert {
    condition     = aws_lambda_function.this.reserved_concurrent_executions == 5 && aws_iam_role.this.path == "/data/" && aws_iam_role.this.permissions_boundary == "arn:aws:iam::123456789012:policy/boundary"
    error_message = "Concurrency, path and boundary must be as they were given."
  }
}

run "a_role_can_be_for_one_account_alone" {
  command = plan
  module { source = "./modules/lambda" }
  variables {
    role = { name = "role", account = "123456789012" }
  }

  assert {
    condition     = [for condition in data.aws_iam_policy_document.assume.statement[0].condition : "${condition.variable} ${one(condition.values)}"] == ["aws:SourceAccount 123456789012"]
    error_message = "Lambda must say for which account it acts."
  }
}

run "a_role_asks_for_no_account_by_default" {
  command = plan
  module { source = "./modules/lambda" }

  assert {
    condition     = length(data.aws_iam_policy_document.assume.statement[0].condition) == 0
    error_message = "Whether Lambda says for whom it acts, nobody has seen yet."
  }
}
