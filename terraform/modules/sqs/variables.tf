variable "name" {
  description = "Name of the queue; a FIFO queue's ends with .fifo."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-zA-Z0-9_-]{1,75}(\\.fifo)?$", var.name))
    error_message = "A queue's name has up to 80 of a-z, A-Z, 0-9, - and _, and .fifo behind that if it is a FIFO queue."
  }
}

variable "dead_letter_name" {
  description = "Name of the dead-letter queue; null: the queue is itself where things end."
  type        = string
  default     = null

  validation {
    # SQS: a FIFO queue's dead-letter queue must be FIFO as well, and a standard queue's must not.
    condition     = var.dead_letter_name == null || endswith(coalesce(var.dead_letter_name, "x"), ".fifo") == endswith(var.name, ".fifo")
    error_message = "The dead-letter queue of a FIFO queue must be a FIFO queue (.fifo), that of a standard queue a standard one."
  }
}

variable "dead_letter_arn" {
  description = "Another queue of the same kind that takes the dead letters, instead of one of its own; null: none."
  type        = string
  default     = null

  validation {
    condition     = var.dead_letter_arn == null || var.dead_letter_name == null
    error_message = "dead_letter_name makes a dead-letter queue, dead_letter_arn names one that is there: one of the two."
  }
}

variable "max_receives" {
  description = "Receives after which a message goes to the dead-letter queue. Lambda's pollers count throttled tries too: at least 5."
  type        = number
  default     = 100
  nullable    = false

  validation {
    condition     = var.max_receives >= 5 && var.max_receives <= 1000 && floor(var.max_receives) == var.max_receives
    error_message = "max_receives is a whole number from 5 to 1000."
  }
}

variable "visibility_timeout_seconds" {
  description = "Seconds for which a received message is hidden."
  type        = number
  default     = 30
  nullable    = false

  validation {
    condition     = var.visibility_timeout_seconds >= 0 && var.visibility_timeout_seconds <= 43200 && floor(var.visibility_timeout_seconds) == var.visibility_timeout_seconds
    error_message = "visibility_timeout_seconds is a whole number from 0 to 43200."
  }
}

variable "retention_days" {
  description = "Days that a message is kept; a dead letter always has 14."
  type        = number
  default     = 14
  nullable    = false

  validation {
    condition     = var.retention_days >= 1 && var.retention_days <= 14 && floor(var.retention_days) == var.retention_days
    error_message = "retention_days is a whole number from 1 to 14."
  }
}

variable "kms_key_arn" {
  description = "Key that encrypts the messages; null: SQS's own."
  type        = string
  default     = null
}

variable "senders" {
  description = "AWS services that send to the queue, each on behalf of the resources with these ARNs only."
  type        = map(object({ service = string, source_arns = list(string) }))
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for sender in values(var.senders) : endswith(sender.service, ".amazonaws.com") && length(sender.source_arns) > 0])
    error_message = "A sender is a service (events.amazonaws.com) and the ARNs of the resources that it may send for."
  }
}
