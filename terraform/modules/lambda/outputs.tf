output "name" {
  description = "Name of the function."
  value       = aws_lambda_function.this.function_name
}

output "arn" {
  description = "ARN of the function."
  value       = aws_lambda_function.this.arn
}

output "invoke_arn" {
  description = "ARN by which API Gateway invokes it."
  value       = aws_lambda_function.this.invoke_arn
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
