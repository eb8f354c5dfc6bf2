# The settings of modules/data-to-events, handed on as they are: their types, defaults, documented values and checks are in its variables.tf.

variable "name" {
  description = "What is deployed, and what to call it."
  type        = string
  default     = "data-events"
}

variable "destroy_data" {
  description = "Whether the data may be destroyed with the deployment. Apply it before you destroy."
  type        = bool
  default     = null
}

variable "functions" {
  description = "The Lambda functions: packages, size, logs, roles."
  type        = any
  default     = null
}

variable "release" {
  description = "How a new version of a function comes to be live."
  type        = any
  default     = null
}

variable "encryption" {
  description = "Whose key encrypts what lies still: stream, bucket, queues, tables, bus, logs, alarms."
  type        = any
  default     = null
}

variable "ingest_api" {
  description = "An HTTP API in front of the delivery stream, for producers without an SDK."
  type        = any
  default     = null
}

variable "lake" {
  description = "The delivery stream and its bucket: buffers, and how long what is kept."
  type        = any
  default     = null
}

variable "queue" {
  description = "The FIFO queue between Transformer and EventStorer, and its dead-letter queue."
  type        = any
  default     = null
}

variable "store" {
  description = "The table of events."
  type        = any
  default     = null
}

variable "bus" {
  description = "What is published, and what the bus remembers."
  type        = any
  default     = null
}

variable "consumer" {
  description = "The consumer's side: rule, view, HTTP API."
  type        = any
  default     = null
}

variable "alarms" {
  description = "When somebody is called, and how."
  type        = any
  default     = null
}
