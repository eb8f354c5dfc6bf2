variable "name" {
  description = "Name of the function, its role and its log group."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-zA-Z0-9_-]{1,64}$", var.name))
    error_message = "A function's name has up to 64 of a-z, A-Z, 0-9, - and _."
  }
}

variable "package" {
  description = "Path of the zip with `bootstrap` at its root."
  type        = string
  nullable    = false

  validation {
    condition     = endswith(var.package, ".zip")
    error_message = "package is the path of a .zip that `make package` built."
  }
}

variable "architecture" {
  description = "Processor that the package was built for."
  type        = string
  default     = "x86_64"
  nullable    = false

  validation {
    condition     = contains(["x86_64", "arm64"], var.architecture)
    error_message = "architecture is x86_64 or arm64."
  }
}

variable "memory_megabytes" {
  description = "Memory, and with it the share of a processor (1,769 MB is one)."
  type        = number
  default     = 512
  nullable    = false

  validation {
    condition     = var.memory_megabytes >= 128 && var.memory_megabytes <= 10240
    error_message = "memory_megabytes is 128 to 10240."
  }
}

variable "timeout_seconds" {
  description = "Seconds that an invocation may take."
  type        = number
  default     = 30
  nullable    = false

  validation {
    condition     = var.timeout_seconds >= 1 && var.timeout_seconds <= 900
    error_message = "timeout_seconds is 1 to 900."
  }
}

variable "environment" {
  description = "Environment variables."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "allow" {
  description = "What the function may do: by name, the exact actions on the exact resources."
  type        = map(object({ actions = list(string), resources = list(string) }))
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue(flatten([for grant in values(var.allow) : [for action in grant.actions : !strcontains(action, "*")]]))
    error_message = "A function is allowed exact actions: no action may hold a *."
  }
}

variable "log" {
  description = "Least level that is logged, and days that it is kept (0 is for ever)."
  type        = object({ level = optional(string, "INFO"), retention_days = optional(number, 30) })
  default     = {}
  nullable    = false

  validation {
    condition     = contains(["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"], var.log.level)
    error_message = "log.level is TRACE, DEBUG, INFO, WARN, ERROR or FATAL."
  }
}

variable "kms_key_arn" {
  description = "Key that encrypts environment and log; null: AWS's own."
  type        = string
  default     = null
}

variable "layers" {
  description = "ARNs of layers."
  type        = list(string)
  default     = []
  nullable    = false
}

variable "dead_letter_arn" {
  description = "Standard queue for asynchronous invocations that fail for good; null for a function that nobody invokes asynchronously."
  type        = string
  default     = null
}

variable "alarm_topic_arn" {
  description = "Topic that hears of errors and throttles."
  type        = string
  nullable    = false
}
