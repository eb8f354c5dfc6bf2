mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  name = "events"
  bus  = { name = "events-bus", pattern = "{\"source\":[\"datatoevents.insert\"]}" }
  function = {
    package     = { path = "../artifacts/EventResponder.zip" }
    environment = {}
    log         = { level = "INFO", retention_days = 30 }
  }
  respond         = { size = { memory_megabytes = 512, timeout_seconds = 30 }, role = { name = "events-responder" } }
  api             = { size = { memory_megabytes = 512, timeout_seconds = 29 }, role = { name = "events-api" }, auth = "AWS_IAM", throttle_rate = 100, throttle_burst = 200 }
  bucket          = { name = "events-bucket", arn = "arn:aws:s3:::events-bucket" }
  view            = { shards = 16, lookups = true, point_in_time_recovery = true, deletion_protection = true }
  alarm_topic_arn = "arn:aws:sns:eu-north-1:123456789012:alarms"
}

run "the_rule_hands_over_for_a_day_and_then_to_a_standard_queue" {
  command = plan
  module { source = "./modules/consumer" }

  assert {
    condition     = aws_cloudwatch_event_rule.this.name == "data-inserted" && aws_cloudwatch_event_target.this.retry_policy[0].maximum_event_age_in_seconds == 86400
    error_message = "The bus must try for a day."
  }

  assert {
    condition     = !module.dead_letters.fifo && module.dead_letters.name == "events-rule-dlq" && length(aws_cloudwatch_event_target.this.dead_letter_config) == 1
    error_message = "What it cannot hand over must go to a standard queue."
  }

  assert {
    condition     = aws_lambda_permission.rule[0].principal == "events.amazonaws.com" && aws_lambda_permission.api.principal == "apigateway.amazonaws.com"
    error_message = "Bus and API must be allowed to invoke."
  }
}

run "rule_and_api_call_the_aliases_and_may" {
  command = apply
  module { source = "./modules/consumer" }

  assert {
    condition     = aws_cloudwatch_event_target.this.arn == module.respond.live_arn && strcontains(aws_apigatewayv2_integration.this.integration_uri, ":live/")
    error_message = "Past the alias a release changes nothing, and a way back neither."
  }

  assert {
    condition     = aws_lambda_permission.rule[0].qualifier == "live" && aws_lambda_permission.api.qualifier == "live" && aws_lambda_function_event_invoke_config.this[0].qualifier == "live"
    error_message = "A permission, and what becomes of failures, counts for the one version or alias that it names."
  }
}

run "one_package_is_two_functions" {
  command = plan
  module { source = "./modules/consumer" }

  assert {
    condition     = output.function_names == { event_responder = "events-event-responder", event_responder_api = "events-event-responder-api" }
    error_message = "Rule and API must have a function, and so a role, each."
  }
}

run "every_route_asks_for_a_signature" {
  command = plan
  module { source = "./modules/consumer" }

  assert {
    condition     = toset([for route in aws_apigatewayv2_route.this : "${route.route_key} ${route.authorization_type}"]) == toset(["GET / AWS_IAM", "GET /streams AWS_IAM", "GET /streams/{id} AWS_IAM", "GET /streams/{id}/events AWS_IAM", "GET /events AWS_IAM", "GET /events/{source}/{id} AWS_IAM", "GET /payloads/{name} AWS_IAM"])
    error_message = "No route may be open."
  }

  assert {
    condition     = aws_apigatewayv2_integration.this.payload_format_version == "2.0" && one(aws_apigatewayv2_stage.this.default_route_settings).throttling_rate_limit == 100
    error_message = "The functions read format 2.0, and are throttled."
  }
}

run "every_request_is_logged" {
  command = apply
  module { source = "./modules/consumer" }

  assert {
    condition     = one(aws_apigatewayv2_stage.this.access_log_settings).destination_arn == aws_cloudwatch_log_group.access.arn && jsondecode(one(aws_apigatewayv2_stage.this.access_log_settings).format).status == "$context.status"
    error_message = "Who asked for what, and got which answer, must be known."
  }
}

run "tokens_are_checked_by_issuer_and_audience" {
  command = apply
  module { source = "./modules/consumer" }
  variables {
    api = {
      size = { memory_megabytes = 512, timeout_seconds = 29 }, role = { name = "events-api" }, auth = "JWT", throttle_rate = 100, throttle_burst = 200
      jwt  = { issuer = "https://login.example.com/", audience = ["events"] }
    }
  }

  assert {
    condition     = one(aws_apigatewayv2_authorizer.jwt[0].jwt_configuration).issuer == "https://login.example.com/" && alltrue([for route in aws_apigatewayv2_route.this : route.authorizer_id == aws_apigatewayv2_authorizer.jwt[0].id])
    error_message = "Every route must use the authorizer."
  }
}

run "tokens_of_nobody_are_refused" {
  command = plan
  module { source = "./modules/consumer" }
  variables {
    api = { size = { memory_megabytes = 512, timeout_seconds = 29 }, role = { name = "events-api" }, auth = "JWT", throttle_rate = 100, throttle_burst = 200 }
  }
  expect_failures = [var.api]
}

run "a_function_that_is_slower_than_the_api_waits_is_refused" {
  command = plan
  module { source = "./modules/consumer" }
  variables {
    api = { size = { memory_megabytes = 512, timeout_seconds = 30 }, role = { name = "events-api" }, auth = "NONE", throttle_rate = 100, throttle_burst = 200 }
  }
  expect_failures = [var.api]
}

run "behind_a_queue_the_function_takes_batches_and_fails_message_by_message" {
  command = apply
  module { source = "./modules/consumer" }
  variables {
    respond = {
      size  = { memory_megabytes = 512, timeout_seconds = 30 }, role = { name = "events-responder" }
      queue = { batch_size = 10, batching_seconds = 0, max_concurrency = 0, max_receives = 10, pollers = { minimum = 2, maximum = 200 } }
    }
  }

  assert {
    condition     = aws_lambda_event_source_mapping.queue[0].function_response_types == toset(["ReportBatchItemFailures"]) && one(aws_lambda_event_source_mapping.queue[0].provisioned_poller_config).minimum_pollers == 2
    error_message = "One event that fails must not bring the whole batch back."
  }

  assert {
    condition     = length(aws_lambda_permission.rule) == 0 && length(aws_lambda_function_event_invoke_config.this) == 0 && output.queue_name == "events-consumer" && !module.queue[0].fifo
    error_message = "The rule sends to a standard queue, and may not invoke."
  }

  assert {
    condition     = aws_lambda_event_source_mapping.queue[0].function_name == module.respond.live_arn
    error_message = "The queue must call the alias."
  }

  assert {
    condition     = length(output.queue_arns) == 2 && aws_cloudwatch_event_target.this.retry_policy[0].maximum_event_age_in_seconds == 86400
    error_message = "What the bus cannot hand to the queue goes to the dead-letter queue as well."
  }
}
