output "api_id" {
  description = "Id of the HTTP API."
  value       = aws_apigatewayv2_api.this.id
}

output "api_url" {
  description = "URL of the HTTP API."
  value       = aws_apigatewayv2_api.this.api_endpoint
}

output "view_table_name" {
  description = "The view's table."
  value       = module.view.name
}

output "rule_name" {
  description = "The rule on the bus."
  value       = aws_cloudwatch_event_rule.this.name
}

output "dead_letter_name" {
  description = "Queue of the events that the consumer did not take."
  value       = module.dead_letters.name
}

output "dead_letter_url" {
  description = "URL of that queue."
  value       = module.dead_letters.url
}

output "function_names" {
  description = "Both functions, by what they do."
  value       = { event_responder = module.respond.name, event_responder_api = module.api.name }
}

output "function_arns" {
  description = "Their ARNs."
  value       = { event_responder = module.respond.arn, event_responder_api = module.api.arn }
}

output "versions" {
  description = "Versions of both functions: that which is live, and the newest."
  value       = { event_responder = module.respond.versions, event_responder_api = module.api.versions }
}

output "queue_mapping_ids" {
  description = "Id of the mapping between queue and function, if there is a queue."
  value       = aws_lambda_event_source_mapping.queue[*].uuid
}

output "log_group_names" {
  description = "Their logs, by function."
  value       = { event_responder = module.respond.log_group_name, event_responder_api = module.api.log_group_name }
}

output "view_table_arn" {
  description = "ARN of the view's table."
  value       = module.view.arn
}

output "queue_name" {
  description = "Name of the queue between rule and function, if there is one."
  value       = one(module.queue[*].name)
}

output "queue_url" {
  description = "URL of that queue, if there is one."
  value       = one(module.queue[*].url)
}

output "queue_arns" {
  description = "ARNs of its queues: that of the dead letters, and that between rule and function if there is one."
  value       = concat([module.dead_letters.arn], module.queue[*].arn)
}
