output "topic_arn" {
  description = "Topic of the alarms."
  value       = local.topic_arn
}

output "alarm_names" {
  description = "Alarms of the hops; the functions' own are named FUNCTION-errors and FUNCTION-throttles."
  value       = sort([for alarm in aws_cloudwatch_metric_alarm.this : alarm.alarm_name])
}

output "dashboard_name" {
  description = "The dashboard, if there is one."
  value       = one(aws_cloudwatch_dashboard.this[*].dashboard_name)
}
