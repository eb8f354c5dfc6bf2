mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  name               = "events"
  limits             = { freshness_minutes = 15, queue_age_minutes = 15, iterator_age_minutes = 15 }
  delivery_stream    = { name = "events-stream", failures_metric = { namespace = "DataToEvents", name = "events-stream-failures" } }
  queues             = { path = "events-queue.fifo" }
  dead_letter_queues = { dlq = "events-dlq.fifo", rule-dlq = "events-rule-dlq" }
  table              = { name = "events", change_mapping = "mapping" }
  bus                = { name = "events-bus", rules = { rule = "data-inserted" } }
  bucket             = { name = "events-bucket", set_aside = { on-failure = "aws/lambda/", quarantine = "quarantine/" } }
  functions = {
    transformer               = "events-transformer"
    event_storer              = "events-event-storer"
    integration_event_emitter = "events-integration-event-emitter"
    event_responder           = "events-event-responder"
    event_responder_api       = "events-event-responder-api"
  }
  dashboard = { create = true, api_id = "abc" }
}

run "every_place_where_something_can_be_set_aside_is_watched" {
  command = plan
  module { source = "./modules/observability" }

  assert {
    condition = toset(output.alarm_names) == toset([for alarm in [
      "api-errors", "async-dropped", "changes-dropped", "changes-lost", "cloudevents-invalid", "conflicts", "dead-letters-lost", "dlq-depth", "iterator-age", "lake-failures", "lake-freshness", "lake-throttled", "not-json", "queue-age", "queue-depth",
      "records-failed",
      "rule-dlq-depth", "rule-failed-invocations", "rule-undeliverable", "set-aside-on-failure", "set-aside-quarantine", "store-throttled", "times-unusable", "unclassified",
    ] : "events-${alarm}"])
    error_message = "Exactly these alarms are expected."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.this["dlq-depth"].threshold == 0 && aws_cloudwatch_metric_alarm.this["dlq-depth"].dimensions.QueueName == "events-dlq.fifo"
    error_message = "One dead letter is enough."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.this["iterator-age"].threshold == 900000 && aws_cloudwatch_metric_alarm.this["queue-age"].threshold == 900
    error_message = "Lambda counts iterator age in milliseconds, SQS age in seconds."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.this["queue-depth"].threshold < 120000 && aws_cloudwatch_metric_alarm.this["queue-depth"].dimensions.QueueName == "events-queue.fifo"
    error_message = "SQS looks for groups among the first 120,000 messages only: there must be time to act before that."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.this["changes-lost"].threshold == 0 && aws_cloudwatch_metric_alarm.this["changes-lost"].dimensions.FunctionName == "events-integration-event-emitter"
    error_message = "One change that could not even be set aside is enough."
  }
}

run "alarms_call_and_say_when_it_is_over" {
  command = apply
  module { source = "./modules/observability" }
  variables {
    topic = { email = "on-call@example.com" }
  }

  assert {
    condition     = alltrue([for alarm in aws_cloudwatch_metric_alarm.this : alarm.alarm_actions == toset([aws_sns_topic.alarms[0].arn]) && alarm.ok_actions == toset([aws_sns_topic.alarms[0].arn])])
    error_message = "Every alarm must go to the topic, and its end too."
  }

  assert {
    condition     = aws_sns_topic_subscription.email[0].protocol == "email"
    error_message = "The address must be subscribed."
  }
}

run "alarms_go_to_a_topic_that_is_there" {
  command = apply
  module { source = "./modules/observability" }
  variables {
    topic = { arn = "arn:aws:sns:eu-north-1:123456789012:our-alarms" }
  }

  assert {
    condition     = length(aws_sns_topic.alarms) == 0 && length(aws_sns_topic_policy.alarms) == 0 && output.topic_arn == var.topic.arn
    error_message = "Their topic and its policy must stay as they are."
  }

  assert {
    condition     = alltrue([for alarm in aws_cloudwatch_metric_alarm.this : alarm.alarm_actions == toset([var.topic.arn])])
    error_message = "Every alarm must go to it."
  }
}

run "what_is_put_aside_is_counted_by_place" {
  command = plan
  module { source = "./modules/observability" }

  assert {
    condition     = { for name, metric in aws_s3_bucket_metric.watched : name => one(metric.filter).prefix } == { on-failure = "aws/lambda/", quarantine = "quarantine/" }
    error_message = "An alarm on a place needs the metric that counts there."
  }
}

run "the_dashboard_shows_the_path_hop_by_hop" {
  command = plan
  module { source = "./modules/observability" }

  assert {
    condition     = [for widget in jsondecode(aws_cloudwatch_dashboard.this[0].dashboard_body).widgets : widget.properties.title if widget.x == 0] == [for hop in ["1 Delivery stream", "2 Queue", "3 Table", "4 Bus", "5 API", "6 Events", "Functions"] : "${hop}: through"]
    error_message = "One row a hop, in the order of the path."
  }
}

run "there_need_not_be_a_dashboard" {
  command = plan
  module { source = "./modules/observability" }
  variables {
    dashboard = { create = false, api_id = "abc" }
  }

  assert {
    condition     = length(aws_cloudwatch_dashboard.this) == 0
    error_message = "It must be left out."
  }
}

run "a_consumers_queue_is_watched" {
  command = plan
  module { source = "./modules/observability" }
  variables {
    queues = { path = "events-queue.fifo", consumer = "events-consumer" }
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.this["consumer-queue-age"].dimensions.QueueName == "events-consumer" && aws_cloudwatch_metric_alarm.this["consumer-queue-age"].threshold == 900
    error_message = "Who waits for the consumer must be told of."
  }
}
