output "delivery_stream_name" {
  description = "Where producers put records."
  value       = module.kinesis.name
}

output "producer_actions" {
  description = "What a producer's role must be allowed, statement by statement."
  value = concat(
    [{ actions = ["firehose:PutRecord", "firehose:PutRecordBatch"], resources = [module.kinesis.arn] }],
    # Firehose asks for them in the caller's name, since April 2026.
    [for key in local.kms_key_arn[*] : { actions = ["kms:Decrypt", "kms:GenerateDataKey"], resources = [key] }],
    [for api in module.ingest : { actions = ["execute-api:Invoke"], resources = [api.invoke_arn] } if var.ingest_api.auth == "AWS_IAM"],
  )
}

output "ingest_url" {
  description = "Where producers without an SDK post records, with ingest_api.create; else null."
  value       = one(module.ingest[*].url)
}

output "ingest_key_ids" {
  description = "Ids of the keys for it, by producer; `aws apigateway get-api-key --include-value --api-key ID` shows the key."
  value       = merge(module.ingest[*].key_ids...)
}

output "operator_actions" {
  description = "What a person's role must be allowed to run `operator`, statement by statement."
  value = concat(
    [
      { actions = ["firehose:PutRecordBatch"], resources = [module.kinesis.arn] },
      {
        actions = [
          "sqs:CancelMessageMoveTask", "sqs:ChangeMessageVisibility", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:GetQueueUrl", "sqs:ListMessageMoveTasks", "sqs:ReceiveMessage",
          "sqs:SendMessage", "sqs:StartMessageMoveTask",
        ]
        resources = concat([module.sqs.arn, module.sqs.dead_letter_arn], module.consumer.queue_arns, module.eventbridge.queue_arns)
      },
      { actions = ["dynamodb:DescribeTable", "dynamodb:GetItem", "dynamodb:Query", "dynamodb:Scan"], resources = [module.dynamodb.arn, module.consumer.view_table_arn] },
      { actions = ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"], resources = [module.dynamodb.stream_arn] },
      { actions = ["events:DescribeEventBus", "events:PutEvents"], resources = [module.eventbridge.arn] },
      # operator release, and doctor.
      { actions = ["lambda:GetAlias", "lambda:ListVersionsByFunction", "lambda:UpdateAlias"], resources = flatten([for arn in values(local.function_arns) : [arn, "${arn}:*"]]) },
      # CloudWatch lists alarms only as a whole, and has no resources for metrics (operator status).
      { actions = ["cloudwatch:DescribeAlarms", "cloudwatch:GetMetricData"], resources = ["*"] },
      # operator doctor: what the functions' roles may do, and quotas, for which Service Quotas knows no resources.
      {
        actions   = ["iam:SimulatePrincipalPolicy"]
        resources = [for function in ["transformer", "event-storer", "integration-event-emitter", "event-responder", "event-responder-api"] : "arn:${data.aws_partition.current.partition}:iam::${data.aws_caller_identity.current.account_id}:role${local.role[function].path}${local.role[function].name}"]
      },
      { actions = ["servicequotas:GetAWSDefaultServiceQuota", "servicequotas:GetServiceQuota"], resources = ["*"] },
      # operator pause, resume and doctor. Lambda knows no resources for these two.
      { actions = ["lambda:GetAccountSettings", "lambda:ListEventSourceMappings"], resources = ["*"] },
      {
        actions   = ["lambda:UpdateEventSourceMapping"]
        resources = [for id in concat([aws_lambda_event_source_mapping.queue.uuid, aws_lambda_event_source_mapping.stream.uuid], module.consumer.queue_mapping_ids) : "arn:${data.aws_partition.current.partition}:lambda:${data.aws_service.home.region}:${data.aws_caller_identity.current.account_id}:event-source-mapping:${id}"]
      },
      { actions = ["lambda:DeleteFunctionConcurrency", "lambda:GetFunctionConcurrency", "lambda:PutFunctionConcurrency"], resources = values(module.consumer.function_arns) },
      { actions = ["s3:ListBucket"], resources = [local.bucket.arn] },
      { actions = ["s3:GetObject"], resources = [for place in ["catalog", "lake", "payloads", "quarantine", "aws/lambda", "recovered"] : "${local.bucket.arn}/${place}/*"] },
      { actions = ["s3:PutObject"], resources = [for place in ["payloads", "recovered"] : "${local.bucket.arn}/${place}/*"] },
      { actions = ["s3:DeleteObject"], resources = [for place in ["lake/errors", "quarantine", "aws/lambda"] : "${local.bucket.arn}/${place}/*"] },
    ],
    [
      for archive in module.eventbridge.archive_arn[*] : {
        actions   = ["events:DescribeArchive", "events:DescribeReplay", "events:StartReplay"]
        resources = [archive, "arn:${data.aws_partition.current.partition}:events:${data.aws_service.home.region}:${data.aws_caller_identity.current.account_id}:replay/*"]
      }
    ],
    # operator lake query. Athena reads the lake, and writes answers, in the name of who asks.
    flatten([
      for lake in module.lake : [
        { actions = ["athena:GetQueryExecution", "athena:GetQueryResults", "athena:StartQueryExecution", "athena:StopQueryExecution"], resources = [lake.workgroup_arn] },
        { actions = ["glue:GetDatabase", "glue:GetPartition", "glue:GetPartitions", "glue:GetTable", "glue:GetTables"], resources = lake.catalog_arns },
        { actions = ["s3:GetBucketLocation"], resources = [local.bucket.arn, lake.answers_arn] },
        { actions = ["s3:ListBucket"], resources = [lake.answers_arn] },
        { actions = ["s3:AbortMultipartUpload", "s3:GetObject", "s3:PutObject"], resources = ["${lake.answers_arn}/answers/*"] },
      ]
    ]),
    length(local.readable_key_arns) == 0 ? [] : [{ actions = ["kms:Decrypt", "kms:GenerateDataKey"], resources = local.readable_key_arns }],
  )
}

output "bucket_name" {
  description = "Lake, payloads, and what was set aside."
  value       = local.bucket.name
}

output "table_name" {
  description = "The store."
  value       = module.dynamodb.name
}

output "bus_name" {
  description = "The bus on which consumers make their rules."
  value       = module.eventbridge.name
}

output "queue_urls" {
  description = "The queue, the dead-letter queues, and the consumer's queue and the audit queue if there are any. The bus has dead letters with a customer's key only."
  value = {
    queue             = module.sqs.url
    dead_letters      = module.sqs.dead_letter_url
    rule_dead_letters = module.consumer.dead_letter_url
    bus_dead_letters  = module.eventbridge.dead_letter_url
    consumer          = module.consumer.queue_url
    audit             = module.eventbridge.audit_url
  }
}

output "api_url" {
  description = "The consumer's HTTP API."
  value       = module.consumer.api_url
}

output "alarm_topic_arn" {
  description = "Topic of the alarms, to subscribe to."
  value       = module.observability.topic_arn
}

output "versions" {
  description = "The version of each function that is live, and the newest."
  value       = local.versions
}

output "release_command" {
  description = "The command that makes the newest versions live step by step; null if all of them are live."
  value       = local.release_command
}

output "try_next" {
  description = "Commands to try next."
  value       = <<-EOT
    # Send 1,000 records:
    AWS_REGION=${data.aws_service.home.region} dotnet run --project tools/Generator -c Release -- send --target firehose --count 1000 --delivery-stream-name ${module.kinesis.name}

    # Ask the consumer:
    ${var.consumer.auth == "AWS_IAM" ? "printf 'user = \"%s:%s\"\\nheader = \"x-amz-security-token: %s\"\\n' \"$AWS_ACCESS_KEY_ID\" \"$AWS_SECRET_ACCESS_KEY\" \"$AWS_SESSION_TOKEN\" \\\n      | curl -K - --aws-sigv4 \"aws:amz:${data.aws_service.home.region}:execute-api\" ${module.consumer.api_url}/" : var.consumer.auth == "JWT" ? "printf 'header = \"Authorization: Bearer %s\"\\n' \"$TOKEN\" | curl -K - ${module.consumer.api_url}/" : "curl ${module.consumer.api_url}/"}

    # Watch a function's log:
    aws logs tail ${module.transformer.log_group_name} --follow --region ${data.aws_service.home.region}

    # See what lies in the lake:
    aws s3 ls --recursive s3://${local.bucket.name}/lake/
  EOT
}
