output "delivery_stream_name" {
  description = "Where producers put records."
  value       = module.data_to_events.delivery_stream_name
}

output "producer_actions" {
  description = "What a producer's role must be allowed, statement by statement."
  value       = module.data_to_events.producer_actions
}

output "ingest_url" {
  description = "Where producers without an SDK post records, with ingest_api.create; else null."
  value       = module.data_to_events.ingest_url
}

output "ingest_key_ids" {
  description = "Ids of the keys for it, by producer; `aws apigateway get-api-key --include-value --api-key ID` shows the key."
  value       = module.data_to_events.ingest_key_ids
}

output "operator_actions" {
  description = "What a person's role must be allowed to run `operator`, statement by statement."
  value       = module.data_to_events.operator_actions
}

output "bucket_name" {
  description = "Lake, payloads, and what was set aside."
  value       = module.data_to_events.bucket_name
}

output "table_name" {
  description = "The store."
  value       = module.data_to_events.table_name
}

output "bus_name" {
  description = "The bus on which consumers make their rules."
  value       = module.data_to_events.bus_name
}

output "queue_urls" {
  description = "The queue, the dead-letter queues, and the consumer's queue and the audit queue if there are any. The bus has dead letters with a customer's key only."
  value       = module.data_to_events.queue_urls
}

output "api_url" {
  description = "The consumer's HTTP API."
  value       = module.data_to_events.api_url
}

output "alarm_topic_arn" {
  description = "Topic of the alarms, to subscribe to."
  value       = module.data_to_events.alarm_topic_arn
}

output "versions" {
  description = "The version of each function that is live, and the newest."
  value       = module.data_to_events.versions
}

output "release_command" {
  description = "The command that makes the newest versions live step by step; null if all of them are live."
  value       = module.data_to_events.release_command
}

output "try_next" {
  description = "Commands to try next."
  value       = module.data_to_events.try_next
}
