mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  name             = "events-bus"
  source_name      = "datatoevents.insert"
  dead_letter_name = "events-bus-dlq"
}

run "a_bus_alone_has_neither_archive_nor_discovery_nor_audit" {
  command = plan
  module { source = "./modules/eventbridge" }

  assert {
    condition     = length(module.dead_letters) == 0 && length(aws_cloudwatch_event_archive.this) == 0 && length(aws_schemas_discoverer.this) == 0 && length(module.audit) == 0
    error_message = "Each must be asked for."
  }
}

run "the_archive_keeps_what_the_path_publishes" {
  command = plan
  module { source = "./modules/eventbridge" }
  variables {
    archive          = { name = "events-archive", days = 30 }
    schema_discovery = true
  }

  assert {
    condition     = jsondecode(aws_cloudwatch_event_archive.this[0].event_pattern) == { source = ["datatoevents.insert"] } && aws_cloudwatch_event_archive.this[0].retention_days == 30
    error_message = "The archive must hold our events for 30 days."
  }
}

run "the_audit_queue_gets_everything_and_loses_nothing" {
  command = plan
  module { source = "./modules/eventbridge" }
  variables {
    audit = { name = "events-audit", dead_letter_name = "events-audit-dlq" }
  }

  assert {
    condition     = jsondecode(aws_cloudwatch_event_rule.audit[0].event_pattern) == { source = ["datatoevents.insert"] }
    error_message = "The rule must match whatever comes from us."
  }

  assert {
    condition     = !module.audit[0].fifo && !module.audit_dead_letters[0].fifo && length(aws_cloudwatch_event_target.audit[0].dead_letter_config) == 1
    error_message = "EventBridge needs standard queues; the target needs a dead-letter queue."
  }
}

run "a_bus_with_a_customers_key_has_a_queue_for_what_it_cannot_encrypt" {
  command = apply
  module { source = "./modules/eventbridge" }
  variables {
    kms_key_arn = "arn:aws:kms:eu-north-1:123456789012:key/k"
  }

  assert {
    condition     = one(aws_cloudwatch_event_bus.this[0].dead_letter_config).arn == "arn:aws:sqs:eu-north-1:123456789012:mock" && output.dead_letter_name == "events-bus-dlq" && !module.dead_letters[0].fifo
    error_message = "PutEvents has said yes already: without the queue the event is dropped."
  }
}

run "discovery_on_a_bus_with_a_customers_key_is_refused" {
  command = plan
  module { source = "./modules/eventbridge" }
  variables {
    schema_discovery = true
    kms_key_arn      = "arn:aws:kms:eu-north-1:123456789012:key/k"
  }
  expect_failures = [aws_schemas_discoverer.this]
}

run "a_bus_that_is_there_is_used_and_keeps_its_owners_settings" {
  command = apply
  module { source = "./modules/eventbridge" }
  variables {
    existing    = true
    rule_prefix = "orders-"
    kms_key_arn = "arn:aws:kms:eu-north-1:123456789012:key/k"
    archive     = { name = "orders-archive", days = 30 }
    audit       = { name = "orders-audit", dead_letter_name = "orders-audit-dlq" }
  }

  assert {
    condition     = length(aws_cloudwatch_event_bus.this) == 0 && length(module.dead_letters) == 0 && aws_cloudwatch_event_archive.this[0].event_source_arn == "arn:aws:events:eu-north-1:123456789012:event-bus/mock"
    error_message = "No bus may be made, and what hangs on it must hang on theirs."
  }

  assert {
    condition     = aws_cloudwatch_event_rule.audit[0].name == "orders-audit"
    error_message = "Others have rules on the bus too: ours must be told apart."
  }
}

run "consumers_of_other_accounts_manage_their_own_rules" {
  command = apply
  module { source = "./modules/eventbridge" }
  variables {
    consumer_accounts = ["111122223333"]
  }

  assert {
    condition = alltrue([
      for statement in data.aws_iam_policy_document.consumers[0].statement : one(statement.principals).identifiers == toset(["111122223333"]) && alltrue([for action in statement.actions : !strcontains(action, "*")])
    ])
    error_message = "These accounts, exact actions, and nobody else."
  }

  assert {
    condition     = one(data.aws_iam_policy_document.consumers[0].statement[0].condition).variable == "events:creatorAccount" && aws_cloudwatch_event_bus_policy.consumers[0].event_bus_name == "events-bus"
    error_message = "Each account must change its own rules only."
  }
}

run "the_policy_of_a_bus_that_is_there_is_not_replaced" {
  command = plan
  module { source = "./modules/eventbridge" }
  variables {
    existing          = true
    consumer_accounts = ["111122223333"]
  }
  expect_failures = [aws_cloudwatch_event_bus_policy.consumers]
}

run "an_archive_with_too_long_a_name_is_refused" {
  command = plan
  module { source = "./modules/eventbridge" }
  variables {
    archive = { name = "a-name-that-has-more-than-the-forty-eight-letters", days = 0 }
  }
  expect_failures = [var.archive]
}
