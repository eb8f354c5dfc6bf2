output "name" {
  description = "Name of the bus."
  value       = local.bus.name
}

output "arn" {
  description = "ARN of the bus."
  value       = local.bus.arn
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

output "archive_arn" {
  description = "ARN of the archive, if there is one."
  value       = one(aws_cloudwatch_event_archive.this[*].arn)
}

output "audit_rule_name" {
  description = "The rule that copies to the audit queue, if there is one."
  value       = one(aws_cloudwatch_event_rule.audit[*].name)
}

output "queue_arns" {
  description = "ARNs of its queues: dead letters of the bus, audit, dead letters of the audit, as far as they are there."
  value       = concat(module.dead_letters[*].arn, module.audit[*].arn, module.audit_dead_letters[*].arn)
}
