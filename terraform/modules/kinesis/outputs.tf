output "name" {
  description = "Name of the delivery stream."
  value       = aws_kinesis_firehose_delivery_stream.this.name
}

output "arn" {
  description = "ARN of the delivery stream."
  value       = aws_kinesis_firehose_delivery_stream.this.arn
}

output "log_group_name" {
  description = "Log of failed transformations and deliveries."
  value       = aws_cloudwatch_log_group.this.name
}

output "failures_metric" {
  description = "Namespace and name of the metric that counts them."
  value = {
    namespace = aws_cloudwatch_log_metric_filter.failures.metric_transformation[0].namespace
    name      = aws_cloudwatch_log_metric_filter.failures.metric_transformation[0].name
  }
}
