variable "name" {
  description = "Prefix of the consumer's resources."
  type        = string
  nullable    = false
}

variable "bus" {
  description = "The bus, the pattern of the events that the consumer takes, and the name of its rule."
  type        = object({ name = string, pattern = string, rule = optional(string, "data-inserted") })
  nullable    = false

  validation {
    condition     = can(jsondecode(var.bus.pattern))
    error_message = "bus.pattern is an event pattern in JSON."
  }
}

variable "function" {
  description = "What both functions share: package, environment, log and network."
  type = object({
    package     = object({ path = string, bucket = optional(string), architecture = optional(string, "x86_64"), release = optional(string), hold = optional(bool, false) })
    environment = map(string)
    log         = object({ level = string, retention_days = number, tracing = optional(bool, false) })
    network     = optional(object({ subnet_ids = list(string), security_group_ids = list(string) }))
  })
  nullable = false
}

variable "respond" {
  description = "The function behind the rule: size, role, name of a log group that is there already, what else it may do, and the standard queue between rule and function (messages at once, seconds to wait for them, functions at once at most or 0, receives after which an event is set aside, pollers that are paid for all the time; null: the rule invokes the function for each event)."
  type = object({
    size      = object({ memory_megabytes = number, timeout_seconds = number, concurrency = optional(number) })
    role      = object({ name = string, path = optional(string, "/"), permissions_boundary = optional(string), account = optional(string) })
    queue     = optional(object({ batch_size = number, batching_seconds = number, max_concurrency = number, max_receives = number, pollers = optional(object({ minimum = number, maximum = number })) }))
    log_group = optional(string)
    allow     = optional(map(object({ actions = list(string), resources = list(string) })), {})
  })
  nullable = false
}

variable "api" {
  description = "The function behind the HTTP API: size, role, name of a log group that is there already, what else it may do; who may call the API, and how often."
  type = object({
    size           = object({ memory_megabytes = number, timeout_seconds = number, concurrency = optional(number) })
    role           = object({ name = string, path = optional(string, "/"), permissions_boundary = optional(string), account = optional(string) })
    log_group      = optional(string)
    allow          = optional(map(object({ actions = list(string), resources = list(string) })), {})
    auth           = string
    jwt            = optional(object({ issuer = string, audience = list(string) }))
    throttle_rate  = number
    throttle_burst = number
  })
  nullable = false

  validation {
    condition     = contains(["AWS_IAM", "JWT", "NONE"], var.api.auth)
    error_message = "api.auth is AWS_IAM, JWT or NONE."
  }

  validation {
    condition     = (var.api.auth == "JWT") == (var.api.jwt != null)
    error_message = "api.jwt (issuer, audience) and api.auth = \"JWT\" belong together."
  }

  validation {
    condition     = var.api.size.timeout_seconds <= 29
    error_message = "api.size.timeout_seconds is at most 29: the HTTP API gives up after 30."
  }
}

variable "bucket" {
  description = "The bucket with the payloads that are too big for their events."
  type        = object({ name = string, arn = string })
  nullable    = false
}

variable "view" {
  description = "The view's table: shards (for its whole life), whether events are found by id and history, point-in-time recovery, deletion protection."
  type        = object({ shards = number, lookups = bool, point_in_time_recovery = bool, deletion_protection = bool })
  nullable    = false

  validation {
    condition     = var.view.shards >= 1 && var.view.shards <= 1000 && floor(var.view.shards) == var.view.shards
    error_message = "view.shards is a whole number from 1 to 1000."
  }
}

variable "handle_replays" {
  description = "Whether replayed events are taken."
  type        = bool
  default     = false
  nullable    = false
}

variable "retry_hours" {
  description = "Hours for which the bus tries to hand an event over."
  type        = number
  default     = 24
  nullable    = false

  validation {
    condition     = var.retry_hours >= 1 && var.retry_hours <= 24
    error_message = "retry_hours is 1 to 24."
  }
}

variable "kms_key_arn" {
  description = "Key that encrypts table, queue and logs; null: AWS's own."
  type        = string
  default     = null
}

variable "readable_keys" {
  description = "ARNs of the keys under which data may lie: kms_key_arn, and those that were used before."
  type        = list(string)
  default     = []
  nullable    = false
}

variable "alarm_topic_arn" {
  description = "Topic that hears of the functions' errors and throttles."
  type        = string
  nullable    = false
}
