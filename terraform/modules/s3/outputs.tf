output "name" {
  description = "Name of the bucket."
  value       = aws_s3_bucket.this.id
}

output "arn" {
  description = "ARN of the bucket."
  value       = aws_s3_bucket.this.arn
}

output "watched_prefixes" {
  description = "Filter ids of the watched places that CloudWatch has metrics of."
  value       = keys(aws_s3_bucket_metric.watched)
}
