mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  name            = "events-ingest"
  role            = { name = "events-ingest-role" }
  delivery_stream = { name = "events-stream", arn = "arn:aws:firehose:eu-north-1:123456789012:deliverystream/events-stream" }
  throttle        = { rate = 100, burst = 200 }
  access_log      = { enabled = true, retention_days = 30 }
}

run "a_body_becomes_one_record_of_the_stream" {
  command = plan
  module { source = "./modules/ingest" }

  assert {
    condition     = alltrue([for template in values(aws_api_gateway_integration.put_record.request_templates) : jsondecode(template) == { DeliveryStreamName = "events-stream", Record = { Data = "$util.base64Encode($input.body)" } }])
    error_message = "Each type of body must be put into the stream as it is."
  }

  assert {
    condition     = aws_api_gateway_integration.put_record.type == "AWS" && aws_api_gateway_integration.put_record.uri == "arn:aws:apigateway:eu-north-1:firehose:action/PutRecord"
    error_message = "API Gateway must call PutRecord itself."
  }

  assert {
    condition     = aws_api_gateway_integration.put_record.passthrough_behavior == "NEVER" && toset(keys(aws_api_gateway_integration.put_record.request_templates)) == toset(["application/cloudevents+json", "application/json", "application/x-ndjson", "text/plain"])
    error_message = "Text is taken, and nothing goes past the templates."
  }
}

run "only_firehoses_200_is_an_acceptance" {
  command = plan
  module { source = "./modules/ingest" }

  assert {
    condition     = { for status, answer in aws_api_gateway_integration_response.this : status => answer.selection_pattern if answer.selection_pattern != null } == { "200" = "200", "413" = "400", "503" = "503" }
    error_message = "An answer that nobody has thought of must not become 200."
  }

  assert {
    condition     = strcontains(aws_api_gateway_integration_response.this["413"].response_templates["application/json"], "1,024,000 bytes") && jsondecode(aws_api_gateway_gateway_response.too_large.response_templates["application/json"]).message == "A record has at most 1,024,000 bytes. Send this one in parts, or its payload by reference."
    error_message = "Whoever sends too much must be told how much is allowed."
  }
}

run "tokens_of_a_user_pool_are_checked" {
  command = apply
  module { source = "./modules/ingest" }
  variables {
    auth       = "JWT"
    user_pools = { arns = ["arn:aws:cognito-idp:eu-north-1:123456789012:userpool/eu-north-1_abc"], scopes = ["events/send"] }
  }

  assert {
    condition     = aws_api_gateway_method.post.authorization == "COGNITO_USER_POOLS" && aws_api_gateway_method.post.authorizer_id == aws_api_gateway_authorizer.token[0].id && aws_api_gateway_method.post.authorization_scopes == toset(["events/send"])
    error_message = "Without an authorizer anybody could send, and without a scope any token of the pool."
  }

  assert {
    condition     = aws_api_gateway_authorizer.token[0].provider_arns == toset(var.user_pools.arns) && !aws_api_gateway_method.post.api_key_required
    error_message = "Only tokens of these pools count."
  }
}

run "tokens_of_nobody_are_refused" {
  command = plan
  module { source = "./modules/ingest" }
  variables {
    auth = "JWT"
  }
  expect_failures = [var.user_pools]
}

run "callers_sign_unless_keys_are_asked_for" {
  command = apply
  module { source = "./modules/ingest" }

  assert {
    condition     = aws_api_gateway_method.post.authorization == "AWS_IAM" && !aws_api_gateway_method.post.api_key_required && length(aws_api_gateway_usage_plan.this) == 0
    error_message = "The route must not be open."
  }

  assert {
    condition     = output.invoke_arn == "arn:aws:execute-api:eu-north-1:123456789012:mock/v1/POST/ingest" && output.url == "https://mock.execute-api.eu-north-1.amazonaws.com/v1/ingest"
    error_message = "Producers must be told where to send, and what they must be allowed."
  }

  assert {
    condition     = one(aws_api_gateway_method_settings.this.settings).throttling_rate_limit == 100 && one(aws_api_gateway_method_settings.this.settings).throttling_burst_limit == 200
    error_message = "The limits must hold for all callers."
  }
}

run "each_producer_has_a_key_and_a_limit" {
  command = apply
  module { source = "./modules/ingest" }
  variables {
    auth      = "API_KEY"
    producers = ["tills", "web-shop"]
  }

  assert {
    condition     = aws_api_gateway_method.post.api_key_required && toset(keys(output.key_ids)) == toset(["tills", "web-shop"]) && length(aws_api_gateway_usage_plan_key.producer) == 2
    error_message = "Without a key nobody may send, and each key can be taken away alone."
  }

  assert {
    condition     = one(aws_api_gateway_usage_plan.this[0].throttle_settings).rate_limit == 100
    error_message = "A producer must not use up all that the others may send, for ever."
  }
}

run "every_request_is_logged" {
  command = apply
  module { source = "./modules/ingest" }

  assert {
    condition     = one(aws_api_gateway_stage.this.access_log_settings).destination_arn == aws_cloudwatch_log_group.access[0].arn && jsondecode(one(aws_api_gateway_stage.this.access_log_settings).format).status == "$context.status"
    error_message = "Who sent, and got which answer, must be known."
  }

  assert {
    condition     = length(aws_api_gateway_account.this) == 0
    error_message = "A setting of the whole account must not be changed by the way."
  }
}

run "the_accounts_role_for_logs_is_made_only_if_asked_for" {
  command = apply
  module { source = "./modules/ingest" }
  variables {
    log_role = { name = "events-ingest-logs" }
  }

  assert {
    condition     = aws_api_gateway_account.this[0].cloudwatch_role_arn == aws_iam_role.logs[0].arn
    error_message = "Whoever asks for it must get it."
  }
}

run "no_log_no_log_group" {
  command = plan
  module { source = "./modules/ingest" }
  variables {
    access_log = { enabled = false, retention_days = 30 }
  }

  assert {
    condition     = length(aws_api_gateway_stage.this.access_log_settings) == 0 && length(aws_cloudwatch_log_group.access) == 0
    error_message = "Without a log the account needs no role for logs."
  }
}

run "an_open_route_is_refused" {
  command = plan
  module { source = "./modules/ingest" }
  variables {
    auth = "NONE"
  }
  expect_failures = [var.auth]
}
