variable "name" {
  description = "Prefix of topic, alarms and dashboard."
  type        = string
  nullable    = false
}

variable "topic" {
  description = "Where alarms go. arn: a topic that is there already, whose policy lets cloudwatch.amazonaws.com publish (null: one is made). email: an address that the topic mails to (null: none)."
  type        = object({ arn = optional(string), email = optional(string) })
  default     = {}
  nullable    = false
}

variable "kms_key_arn" {
  description = "Key that encrypts the topic; null: none, a topic holds nothing."
  type        = string
  default     = null
}

variable "limits" {
  description = "Minutes that a record may wait for the lake, an event for its storer, a change for the emitter."
  type        = object({ freshness_minutes = number, queue_age_minutes = number, iterator_age_minutes = number })
  nullable    = false
}

variable "delivery_stream" {
  description = "The delivery stream, the metric of its failures, and the name of the REST API in front of it if there is one."
  type        = object({ name = string, failures_metric = object({ namespace = string, name = string }), ingest_api = optional(string) })
  nullable    = false
}

variable "queues" {
  description = "Names of the queue between Transformer and EventStorer, and of that between rule and consumer if there is one."
  type        = object({ path = string, consumer = optional(string) })
  nullable    = false
}

variable "dead_letter_queues" {
  description = "Names of the queues in which nothing should lie, by what the alarm is called."
  type        = map(string)
  nullable    = false
}

variable "table" {
  description = "Name of the store's table, and id of the mapping between its stream and the emitter."
  type        = object({ name = string, change_mapping = string })
  nullable    = false
}

variable "bus" {
  description = "The bus and the rules on it, by what the alarm is called."
  type        = object({ name = string, rules = map(string) })
  nullable    = false
}

variable "bucket" {
  description = "The bucket, and the prefixes of the places in it in which nothing should lie, by what the alarm is called."
  type        = object({ name = string, set_aside = map(string) })
  nullable    = false
}

variable "functions" {
  description = "Names of the functions, in the order of the path."
  type = object({
    transformer               = string
    event_storer              = string
    integration_event_emitter = string
    event_responder           = string
    event_responder_api       = string
  })
  nullable = false
}

variable "dashboard" {
  description = "Whether there is a dashboard, and the id of the API that it shows last."
  type        = object({ create = bool, api_id = string })
  nullable    = false
}
