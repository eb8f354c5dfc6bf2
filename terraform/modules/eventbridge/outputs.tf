output "name" {
  description = "Name of the bus."
  value       = aws_cloudwatch_event_bus.this.name
}

output "arn" {
  description = "ARN of the bus."
  value       = aws_cloudwatch_event_bus.this.arn
}

output "archive_name" {
  description = "Name of the archive, if there is one."
  value       = one(aws_cloudwatch_event_archive.this[*].name)
}

output "audit_url" {
  description = "URL of the audit queue, if there is one."
  value       = one(module.audit[*].url)
}

output "audit_dead_letter_name" {
  description = "Name of the queue for what could not be copied to the audit queue, if there is one."
  value       = one(module.audit_dead_letters[*].name)
}

output "dead_letter_name" {
  description = "Name of the bus's own dead-letter queue, if there is one."
  value       = one(module.dead_letters[*].name)
}

output "dead_letter_url" {
  description = "URL of the bus's own dead-letter queue, if there is one."
  value       = one(module.dead_letters[*].url)
}
