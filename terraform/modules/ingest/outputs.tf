output "name" {
  description = "Name of the API, as its metrics have it."
  value       = aws_api_gateway_rest_api.this.name
}

output "url" {
  description = "Where records are posted."
  value       = "${aws_api_gateway_stage.this.invoke_url}/${aws_api_gateway_resource.ingest.path_part}"
}

output "invoke_arn" {
  description = "What a producer with AWS_IAM must be allowed to invoke (execute-api:Invoke)."
  value       = "${aws_api_gateway_stage.this.execution_arn}/${aws_api_gateway_method.post.http_method}/${aws_api_gateway_resource.ingest.path_part}"
}

output "key_ids" {
  description = "Ids of the producers' keys, by producer."
  value       = { for producer, key in aws_api_gateway_api_key.producer : producer => key.id }
}
