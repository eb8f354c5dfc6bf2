mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  name            = "events-transformer"
  package         = "../artifacts/Transformer.zip"
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
    condition     = aws_cloudwatch_log_group.this.retention_in_days == 30
    error_message = "Logs must not be kept for ever by default."
  }

  assert {
    condition     = aws_lambda_function.this.source_code_hash == filebase64sha256("../artifacts/Transformer.zip")
    error_message = "A new package must be deployed."
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
    architecture = "x64"
  }
  expect_failures = [var.architecture]
}

run "a_package_for_another_processor_is_refused" {
  command = plan
  module { source = "./modules/lambda" }
  variables {
    package = "../artifacts/arm64/Transformer.zip"
  }
  expect_failures = [aws_lambda_function.this]
}

run "a_package_for_that_processor_is_taken" {
  command = plan
  module { source = "./modules/lambda" }
  variables {
    package      = "../artifacts/arm64/Transformer.zip"
    architecture = "arm64"
  }

  assert {
    condition     = aws_lambda_function.this.architectures == tolist(["arm64"])
    error_message = "The function must run on the processor that its package is for."
  }
}
