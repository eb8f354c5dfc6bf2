# Every alarm here and in modules/lambda has a paragraph in docs/aws.md that says what to do; a test looks for it.

locals {
  # What differs from alarm to alarm. A place that is empty, and a hop that is idle, send no data: that is well.
  alarms = merge(
    {
      lake-freshness = {
        text       = "Records wait too long for the lake."
        namespace  = "AWS/Firehose"
        metric     = "DeliveryToS3.DataFreshness"
        dimensions = { DeliveryStreamName = var.delivery_stream.name }
        statistic  = "Maximum"
        threshold  = var.limits.freshness_minutes * 60
      }
      lake-failures = {
        text       = "Firehose could not transform or deliver."
        namespace  = var.delivery_stream.failures_metric.namespace
        metric     = var.delivery_stream.failures_metric.name
        dimensions = {}
        statistic  = "Sum"
        threshold  = 0
      }
      lake-throttled = {
        text       = "Producers send more than the delivery stream's quota."
        namespace  = "AWS/Firehose"
        metric     = "ThrottledRecords"
        dimensions = { DeliveryStreamName = var.delivery_stream.name }
        statistic  = "Sum"
        threshold  = 0
      }
      records-failed = {
        text       = "The Transformer gave records up."
        namespace  = "DataToEvents"
        metric     = "RecordsFailed"
        dimensions = { FunctionName = var.functions.transformer }
        statistic  = "Sum"
        threshold  = 0
      }
      unclassified = {
        text       = "Events came that no entry of the catalog matches."
        namespace  = "DataToEvents"
        metric     = "EventsUnclassified"
        dimensions = { FunctionName = var.functions.transformer }
        statistic  = "Sum"
        threshold  = 0
      }
      not-json = {
        text       = "Records came that are no JSON."
        namespace  = "DataToEvents"
        metric     = "EventsNotJson"
        dimensions = { FunctionName = var.functions.transformer }
        statistic  = "Sum"
        threshold  = 0
      }
      times-unusable = {
        text       = "Events came whose time cannot be read."
        namespace  = "DataToEvents"
        metric     = "TimesUnusable"
        dimensions = { FunctionName = var.functions.transformer }
        statistic  = "Sum"
        threshold  = 0
      }
      cloudevents-invalid = {
        text       = "Records came that say they are CloudEvents and break the specification."
        namespace  = "DataToEvents"
        metric     = "CloudEventsInvalid"
        dimensions = { FunctionName = var.functions.transformer }
        statistic  = "Sum"
        threshold  = 0
      }
      conflicts = {
        text       = "Events came under ids that their streams have already, with another source, type or payload."
        namespace  = "DataToEvents"
        metric     = "EventsInConflict"
        dimensions = { FunctionName = var.functions.event_storer }
        statistic  = "Sum"
        threshold  = 0
      }
      queue-age = {
        text       = "Events wait too long for their storer."
        namespace  = "AWS/SQS"
        metric     = "ApproximateAgeOfOldestMessage"
        dimensions = { QueueName = var.queues.path }
        statistic  = "Maximum"
        threshold  = var.limits.queue_age_minutes * 60
      }
      # SQS looks for message groups among the first 120,000 messages only (Amazon SQS Developer Guide, "Avoid large message backlogs with the same message
      # group ID in Amazon SQS"): the backlog of one stream beyond that stops all others.
      queue-depth = {
        text       = "So many events wait that one stream may soon stop the others."
        namespace  = "AWS/SQS"
        metric     = "ApproximateNumberOfMessagesVisible"
        dimensions = { QueueName = var.queues.path }
        statistic  = "Maximum"
        threshold  = 50000
      }
      store-throttled = {
        text       = "The table throttles writes."
        namespace  = "AWS/DynamoDB"
        metric     = "WriteThrottleEvents"
        dimensions = { TableName = var.table.name }
        statistic  = "Sum"
        threshold  = 0
      }
      iterator-age = {
        text       = "Changes wait too long for the emitter; after 24 hours the stream forgets them."
        namespace  = "AWS/Lambda"
        metric     = "IteratorAge"
        dimensions = { FunctionName = var.functions.integration_event_emitter }
        statistic  = "Maximum"
        threshold  = var.limits.iterator_age_minutes * 60000
      }
      changes-lost = {
        text       = "Lambda could not put a change that was not published into the bucket."
        namespace  = "AWS/Lambda"
        metric     = "DestinationDeliveryFailures"
        dimensions = { FunctionName = var.functions.integration_event_emitter }
        statistic  = "Sum"
        threshold  = 0
      }
      changes-dropped = {
        text       = "Lambda gave changes up, and put them nowhere."
        namespace  = "AWS/Lambda"
        metric     = "DroppedEventCount"
        dimensions = { EventSourceMappingUUID = var.table.change_mapping }
        statistic  = "Sum"
        threshold  = 0
      }
      async-dropped = {
        text       = "Lambda gave events of the consumer's function up, after its retries or too long a wait."
        namespace  = "AWS/Lambda"
        metric     = "AsyncEventsDropped"
        dimensions = { FunctionName = var.functions.event_responder }
        statistic  = "Sum"
        threshold  = 0
      }
      dead-letters-lost = {
        text       = "Lambda could not put an event that failed into the rule's dead-letter queue."
        namespace  = "AWS/Lambda"
        metric     = "DeadLetterErrors"
        dimensions = { FunctionName = var.functions.event_responder }
        statistic  = "Sum"
        threshold  = 0
      }
      api-errors = {
        text       = "The HTTP API answers 5xx."
        namespace  = "AWS/ApiGateway"
        metric     = "5xx"
        dimensions = { ApiId = var.dashboard.api_id }
        statistic  = "Sum"
        threshold  = 0
      }
    },
    {
      for alarm, queue in var.dead_letter_queues : "${alarm}-depth" => {
        text       = "There are messages in ${queue}."
        namespace  = "AWS/SQS"
        metric     = "ApproximateNumberOfMessagesVisible"
        dimensions = { QueueName = queue }
        statistic  = "Maximum"
        threshold  = 0
      }
    },
    {
      for api in var.delivery_stream.ingest_api[*] : "ingest-errors" => {
        text       = "Producers that post records are answered with 5xx."
        namespace  = "AWS/ApiGateway"
        metric     = "5XXError"
        dimensions = { ApiName = api }
        statistic  = "Sum"
        threshold  = 0
      }
    },
    {
      for queue in var.queues.consumer[*] : "consumer-queue-age" => {
        text       = "Events wait too long for the consumer."
        namespace  = "AWS/SQS"
        metric     = "ApproximateAgeOfOldestMessage"
        dimensions = { QueueName = queue }
        statistic  = "Maximum"
        threshold  = var.limits.queue_age_minutes * 60
      }
    },
    {
      for alarm, rule in var.bus.rules : "${alarm}-failed-invocations" => {
        text       = "The bus could not hand an event to the target of rule ${rule}."
        namespace  = "AWS/Events"
        metric     = "FailedInvocations"
        dimensions = { EventBusName = var.bus.name, RuleName = rule }
        statistic  = "Sum"
        threshold  = 0
      }
    },
    {
      for alarm, rule in var.bus.rules : "${alarm}-undeliverable" => {
        text       = "The bus could not even put an event of rule ${rule} into its dead-letter queue."
        namespace  = "AWS/Events"
        metric     = "InvocationsFailedToBeSentToDlq"
        dimensions = { EventBusName = var.bus.name, RuleName = rule }
        statistic  = "Sum"
        threshold  = 0
      }
    },
    {
      for place in keys(var.bucket.set_aside) : "set-aside-${place}" => {
        text       = "Something was set aside: ${place}."
        namespace  = "AWS/S3"
        metric     = "BytesUploaded"
        dimensions = { BucketName = var.bucket.name, FilterId = place }
        statistic  = "Sum"
        threshold  = 0
      }
    },
  )
}

resource "aws_cloudwatch_metric_alarm" "this" {
  for_each = local.alarms

  alarm_name          = "${var.name}-${each.key}"
  alarm_description   = "${each.value.text} Runbook: docs/aws.md, ${each.key}."
  namespace           = each.value.namespace
  metric_name         = each.value.metric
  dimensions          = each.value.dimensions
  statistic           = each.value.statistic
  period              = 60
  evaluation_periods  = 5
  datapoints_to_alarm = 1
  threshold           = each.value.threshold
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [local.topic_arn]
  ok_actions          = [local.topic_arn]
}

# What is put into a place is counted by a metric with a filter: an alarm needs it.
resource "aws_s3_bucket_metric" "watched" {
  for_each = var.bucket.set_aside

  bucket = var.bucket.name
  name   = each.key

  filter {
    prefix = each.value
  }
}
