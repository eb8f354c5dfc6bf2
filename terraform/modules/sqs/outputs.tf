output "name" {
  description = "Name of the queue."
  value       = aws_sqs_queue.this.name
}

output "arn" {
  description = "ARN of the queue."
  value       = aws_sqs_queue.this.arn
}

output "url" {
  description = "URL of the queue."
  value       = aws_sqs_queue.this.url
}

output "dead_letter_name" {
  description = "Name of its dead-letter queue, if it has one."
  value       = one(aws_sqs_queue.dlq[*].name)
}

output "dead_letter_url" {
  description = "URL of its dead-letter queue, if it has one."
  value       = one(aws_sqs_queue.dlq[*].url)
}

output "dead_letter_arn" {
  description = "ARN of its dead-letter queue, if it has one."
  value       = one(aws_sqs_queue.dlq[*].arn)
}

output "fifo" {
  description = "Whether it is a FIFO queue."
  value       = local.fifo
}
