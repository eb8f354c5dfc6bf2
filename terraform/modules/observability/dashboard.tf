# The home region: `data.aws_region` names it differently in versions 5 and 6 of the provider.
data "aws_service" "home" {
  service_id = "sts"
}

locals {
  functions = [
    var.functions.transformer, var.functions.event_storer, var.functions.integration_event_emitter,
    var.functions.event_responder, var.functions.event_responder_api
  ]

  # One row a hop, in the order of the path: what goes in, how long it waits, what goes wrong.
  hops = [
    {
      title = "1 Delivery stream"
      in = [
        ["AWS/Firehose", "IncomingRecords", "DeliveryStreamName", var.delivery_stream.name],
        [".", "DeliveryToS3.Records", ".", "."],
      ]
      wait = [["AWS/Firehose", "DeliveryToS3.DataFreshness", "DeliveryStreamName", var.delivery_stream.name, { stat = "Maximum" }]]
      wrong = [
        ["AWS/Firehose", "ThrottledRecords", "DeliveryStreamName", var.delivery_stream.name],
        [var.delivery_stream.failures_metric.namespace, var.delivery_stream.failures_metric.name],
      ]
    },
    {
      title = "2 Queue"
      in = [
        ["AWS/SQS", "NumberOfMessagesSent", "QueueName", var.queues.path],
        [".", "NumberOfMessagesDeleted", ".", "."],
      ]
      wait = [["AWS/SQS", "ApproximateAgeOfOldestMessage", "QueueName", var.queues.path, { stat = "Maximum" }]]
      wrong = [
        for queue in values(var.dead_letter_queues) : ["AWS/SQS", "ApproximateNumberOfMessagesVisible", "QueueName", queue, { stat = "Maximum" }]
      ]
    },
    {
      title = "3 Table"
      in    = [["AWS/DynamoDB", "ConsumedWriteCapacityUnits", "TableName", var.table.name]]
      wait  = [["AWS/Lambda", "IteratorAge", "FunctionName", var.functions.integration_event_emitter, { stat = "Maximum" }]]
      wrong = [["AWS/DynamoDB", "WriteThrottleEvents", "TableName", var.table.name]]
    },
    {
      title = "4 Bus"
      in    = [for rule in values(var.bus.rules) : ["AWS/Events", "MatchedEvents", "EventBusName", var.bus.name, "RuleName", rule]]
      wait  = [for rule in values(var.bus.rules) : ["AWS/Events", "IngestionToInvocationStartLatency", "EventBusName", var.bus.name, "RuleName", rule, { stat = "p99" }]]
      wrong = [for rule in values(var.bus.rules) : ["AWS/Events", "FailedInvocations", "EventBusName", var.bus.name, "RuleName", rule]]
    },
    {
      title = "5 API"
      in    = [["AWS/ApiGateway", "Count", "ApiId", var.dashboard.api_id]]
      wait  = [["AWS/ApiGateway", "Latency", "ApiId", var.dashboard.api_id, { stat = "p99" }]]
      wrong = [["AWS/ApiGateway", "4xx", "ApiId", var.dashboard.api_id], [".", "5xx", ".", "."]]
    },
    {
      title = "6 Events"
      in = [
        ["DataToEvents", "RecordsReceived", "FunctionName", var.functions.transformer],
        [".", "EventsQueued", ".", "."],
        [".", "EventsStored", ".", var.functions.event_storer],
        [".", "EventsPublished", ".", var.functions.integration_event_emitter],
        [".", "EventsApplied", ".", var.functions.event_responder],
      ]
      wait = [["DataToEvents", "DeliveryTime", "FunctionName", var.functions.event_responder, { stat = "p99" }], ["...", { stat = "p50" }]]
      wrong = [
        ["DataToEvents", "RecordsFailed", "FunctionName", var.functions.transformer],
        [".", "MessagesFailed", ".", var.functions.event_storer],
        [".", "MessagesSetAside", ".", "."],
        [".", "EventsInConflict", ".", "."],
        [".", "EventsKnown", ".", "."],
        [".", "ChangesFailed", ".", var.functions.integration_event_emitter],
        [".", "Retries", ".", "."],
      ]
    },
    {
      title = "Functions"
      in    = [for function in local.functions : ["AWS/Lambda", "Invocations", "FunctionName", function]]
      wait  = [for function in local.functions : ["AWS/Lambda", "Duration", "FunctionName", function, { stat = "p99" }]]
      wrong = concat([for function in local.functions : [["AWS/Lambda", "Errors", "FunctionName", function], ["AWS/Lambda", "Throttles", "FunctionName", function]]]...)
    },
  ]
}

resource "aws_cloudwatch_dashboard" "this" {
  count = var.dashboard.create ? 1 : 0

  dashboard_name = var.name
  dashboard_body = jsonencode({
    widgets = concat(
      [for row, hop in local.hops : [
        for column, panel in [
          { title = "${hop.title}: through", metrics = hop.in, stat = "Sum" },
          { title = "${hop.title}: time", metrics = hop.wait, stat = "Maximum" },
          { title = "${hop.title}: trouble", metrics = hop.wrong, stat = "Sum" },
        ] :
        {
          type   = "metric"
          x      = column * 8
          y      = row * 6
          width  = 8
          height = 6
          properties = {
            title   = panel.title
            region  = data.aws_service.home.region
            view    = "timeSeries"
            stat    = panel.stat
            period  = 60
            metrics = panel.metrics
          }
        }
      ]]...
    )
  })
}
