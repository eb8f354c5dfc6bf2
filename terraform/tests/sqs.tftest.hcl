mock_provider "aws" {
  source = "./tests/mocks"
}

run "a_fifo_queue_deduplicates_and_is_bounded_by_stream" {
  command = plan
  module { source = "./modules/sqs" }
  variables {
    name             = "events.fifo"
    dead_letter_name = "dead.fifo"
  }

  assert {
    condition     = aws_sqs_queue.this.fifo_queue && aws_sqs_queue.this.deduplication_scope == "messageGroup" && aws_sqs_queue.this.fifo_throughput_limit == "perMessageGroupId"
    error_message = "Quota and deduplication must be those of a message group."
  }

  assert {
    condition     = aws_sqs_queue.dlq[0].fifo_queue && aws_sqs_queue.dlq[0].message_retention_seconds == 1209600
    error_message = "The dead-letter queue must be FIFO and keep its messages for 14 days."
  }
}

run "only_its_own_queue_may_use_a_dead_letter_queue" {
  command = apply
  module { source = "./modules/sqs" }
  variables {
    name             = "events.fifo"
    dead_letter_name = "dead.fifo"
    max_receives     = 7
  }

  assert {
    condition     = jsondecode(aws_sqs_queue.this.redrive_policy).maxReceiveCount == 7 && jsondecode(aws_sqs_queue.this.redrive_policy).deadLetterTargetArn == aws_sqs_queue.dlq[0].arn
    error_message = "The redrive policy must name the dead-letter queue."
  }

  assert {
    condition     = jsondecode(aws_sqs_queue_redrive_allow_policy.dlq[0].redrive_allow_policy) == { redrivePermission = "byQueue", sourceQueueArns = [aws_sqs_queue.this.arn] }
    error_message = "No other queue may redrive into it."
  }
}

run "a_dead_letter_needs_a_hundred_receives" {
  command = apply
  module { source = "./modules/sqs" }
  variables {
    name             = "events.fifo"
    dead_letter_name = "dead.fifo"
  }

  assert {
    condition     = jsondecode(aws_sqs_queue.this.redrive_policy).maxReceiveCount == 100
    error_message = "An outage of hours must not empty the head of each stream into the dead-letter queue."
  }
}

run "a_standard_queue_stands_alone" {
  command = plan
  module { source = "./modules/sqs" }
  variables {
    name = "audit"
  }

  assert {
    condition     = length(aws_sqs_queue.dlq) == 0 && aws_sqs_queue.this.sqs_managed_sse_enabled && !output.fifo
    error_message = "It must be standard and encrypted, without a dead-letter queue."
  }
}

run "a_customers_key_encrypts_both_queues" {
  command = plan
  module { source = "./modules/sqs" }
  variables {
    name             = "events.fifo"
    dead_letter_name = "dead.fifo"
    kms_key_arn      = "arn:aws:kms:eu-north-1:123456789012:key/k"
  }

  assert {
    condition     = aws_sqs_queue.this.kms_master_key_id == var.kms_key_arn && aws_sqs_queue.dlq[0].kms_master_key_id == var.kms_key_arn
    error_message = "Both queues must have the key."
  }
}

run "a_dead_letter_queue_of_the_other_kind_is_refused" {
  command = plan
  module { source = "./modules/sqs" }
  variables {
    name             = "events.fifo"
    dead_letter_name = "dead"
  }
  expect_failures = [var.dead_letter_name]
}

run "fewer_than_five_receives_are_refused" {
  command = plan
  module { source = "./modules/sqs" }
  variables {
    name         = "events.fifo"
    max_receives = 4
  }
  expect_failures = [var.max_receives]
}

run "a_sender_without_a_source_is_refused" {
  command = plan
  module { source = "./modules/sqs" }
  variables {
    name    = "audit"
    senders = { Rule = { service = "events.amazonaws.com", source_arns = [] } }
  }
  expect_failures = [var.senders]
}

run "dead_letters_may_go_to_a_queue_that_is_there" {
  command = plan
  module { source = "./modules/sqs" }
  variables {
    name            = "events-consumer"
    dead_letter_arn = "arn:aws:sqs:eu-north-1:123456789012:events-rule-dlq"
    max_receives    = 10
  }

  assert {
    condition     = jsondecode(aws_sqs_queue.this.redrive_policy) == { deadLetterTargetArn = "arn:aws:sqs:eu-north-1:123456789012:events-rule-dlq", maxReceiveCount = 10 } && length(aws_sqs_queue.dlq) == 0
    error_message = "They must go there, after ten receives."
  }
}

run "two_places_for_dead_letters_are_refused" {
  command = plan
  module { source = "./modules/sqs" }
  variables {
    name             = "events-consumer"
    dead_letter_name = "events-consumer-dlq"
    dead_letter_arn  = "arn:aws:sqs:eu-north-1:123456789012:events-rule-dlq"
  }
  expect_failures = [var.dead_letter_arn]
}
