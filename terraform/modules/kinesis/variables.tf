variable "name" {
  description = "Name of the delivery stream."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-zA-Z0-9_.-]{1,64}$", var.name))
    error_message = "A delivery stream's name has up to 64 of a-z, A-Z, 0-9, _, . and -."
  }
}

variable "role" {
  description = "Its role: a name that is unique in the account, whatever the region, a path, and the ARN of a permissions boundary."
  type        = object({ name = string, path = optional(string, "/"), permissions_boundary = optional(string) })
  nullable    = false

  validation {
    condition     = can(regex("^[\\w+=,.@-]{1,64}$", var.role.name))
    error_message = "A role's name has up to 64 letters, digits and +=,.@-_."
  }
}

variable "bucket_arn" {
  description = "Bucket of the lake."
  type        = string
  nullable    = false
}

variable "transformer" {
  description = "The function that transforms the records, and the alias of it that is called."
  type        = object({ arn = string, live_arn = string, timeout_seconds = number })
  nullable    = false
}

variable "transform_buffer" {
  description = "When the transformer is invoked: megabytes, or seconds, whichever is first."
  type        = object({ megabytes = number, seconds = number })
  nullable    = false

  validation {
    condition     = var.transform_buffer.megabytes >= 0.2 && var.transform_buffer.megabytes <= 3
    error_message = "transform_buffer.megabytes is 0.2 to 3."
  }

  validation {
    condition     = var.transform_buffer.seconds >= 0 && var.transform_buffer.seconds <= 900 && floor(var.transform_buffer.seconds) == var.transform_buffer.seconds
    error_message = "transform_buffer.seconds is a whole number from 0 to 900."
  }
}

variable "transform_retries" {
  description = "Retries of a failed invocation before its batch is set aside."
  type        = number
  default     = 3
  nullable    = false

  validation {
    condition     = var.transform_retries >= 0 && var.transform_retries <= 300 && floor(var.transform_retries) == var.transform_retries
    error_message = "transform_retries is a whole number from 0 to 300."
  }
}

variable "lake_buffer" {
  description = "When an object is written: megabytes, or seconds, whichever is first."
  type        = object({ megabytes = number, seconds = number })
  nullable    = false

  validation {
    condition     = var.lake_buffer.megabytes >= 1 && var.lake_buffer.megabytes <= 128 && var.lake_buffer.seconds >= 0 && var.lake_buffer.seconds <= 900 && alltrue([for part in values(var.lake_buffer) : floor(part) == part])
    error_message = "lake_buffer is 1 to 128 megabytes and 0 to 900 seconds, in whole numbers."
  }
}

variable "append_newline" {
  description = "Whether Firehose ends each record with a line feed of its own."
  type        = bool
  default     = false
  nullable    = false
}

variable "kms_key_arn" {
  description = "Key that encrypts stream, objects and log; null: AWS's own."
  type        = string
  default     = null
}

variable "log_retention_days" {
  description = "Days that the log of failed deliveries is kept; 0 is for ever."
  type        = number
  default     = 30
  nullable    = false
}
