output "delivery_stream_name" {
  description = "Where producers put records."
  value       = module.kinesis.name
}

output "producer_actions" {
  description = "What a producer's role must be allowed."
  value       = { actions = ["firehose:PutRecord", "firehose:PutRecordBatch"], resources = [module.kinesis.arn] }
}

output "bucket_name" {
  description = "Lake, payloads, and what was set aside."
  value       = module.s3.name
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
  description = "The queue, the dead-letter queues, and the audit queue if there is one."
  value = {
    queue             = module.sqs.url
    dead_letters      = module.sqs.dead_letter_url
    rule_dead_letters = module.consumer.dead_letter_url
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

output "try_next" {
  description = "Commands to try next."
  value       = <<-EOT
    # Send 1,000 records:
    AWS_REGION=${data.aws_region.current.name} dotnet run --project tools/Generator -c Release -- send --target firehose --count 1000 --delivery-stream-name ${module.kinesis.name}

    # Ask the consumer:
    ${var.consumer.auth == "AWS_IAM" ? "curl --aws-sigv4 \"aws:amz:${data.aws_region.current.name}:execute-api\" --user \"$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY\" -H \"x-amz-security-token: $AWS_SESSION_TOKEN\" ${module.consumer.api_url}/" : var.consumer.auth == "JWT" ? "curl -H \"Authorization: Bearer $TOKEN\" ${module.consumer.api_url}/" : "curl ${module.consumer.api_url}/"}

    # Watch a function's log:
    aws logs tail ${module.transformer.log_group_name} --follow --region ${data.aws_region.current.name}

    # See what lies in the lake:
    aws s3 ls --recursive s3://${module.s3.name}/lake/
  EOT
}
