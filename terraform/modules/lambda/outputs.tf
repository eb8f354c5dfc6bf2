output "name" {
  description = "Name of the function."
  value       = aws_lambda_function.this.function_name
}

output "arn" {
  description = "ARN of the function, whatever the version."
  value       = aws_lambda_function.this.arn
}

output "live_arn" {
  description = "ARN of its alias live: what calls it, calls this."
  value       = aws_lambda_alias.live.arn
}

output "alias" {
  description = "Name of that alias, for permissions on it."
  value       = aws_lambda_alias.live.name
}

output "invoke_arn" {
  description = "ARN by which API Gateway invokes the alias."
  value       = aws_lambda_alias.live.invoke_arn
}

output "versions" {
  description = "Version that is live, and the newest."
  value       = { live = aws_lambda_alias.live.function_version, newest = aws_lambda_function.this.version }
}

output "timeout_seconds" {
  description = "Seconds that an invocation may take."
  value       = aws_lambda_function.this.timeout
}

output "log_group_name" {
  description = "Its log group."
  value       = local.log_group.name
}

output "role_name" {
  description = "Its role."
  value       = aws_iam_role.this.name
}
