variable "name" {
  description = "Name of the function and its log group."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-zA-Z0-9_-]{1,64}$", var.name))
    error_message = "A function's name has up to 64 of a-z, A-Z, 0-9, - and _."
  }
}

variable "role" {
  description = "Its role: a name that is unique in the account, whatever the region, a path, the ARN of a permissions boundary, and the account for which alone Lambda may use it (null: Lambda need not say for whom it does)."
  type        = object({ name = string, path = optional(string, "/"), permissions_boundary = optional(string), account = optional(string) })
  nullable    = false

  validation {
    condition     = can(regex("^[\\w+=,.@-]{1,64}$", var.role.name))
    error_message = "A role's name has up to 64 letters, digits and +=,.@-_."
  }
}

variable "package" {
  description = "The zip with `bootstrap` at its root: its path, or its bucket and key (a new version needs a new key). architecture: the processor that it was built for. release: the release that it belongs to, which the function then tells. hold: whether the alias live stays at the version at which it is; a new version is then published only, and does nothing, and the alias must be there already."
  type        = object({ path = string, bucket = optional(string), architecture = optional(string, "x86_64"), release = optional(string), hold = optional(bool, false) })
  nullable    = false

  validation {
    condition     = endswith(var.package.path, ".zip")
    error_message = "package.path is that of a .zip that `make package` built."
  }

  validation {
    condition     = contains(["x86_64", "arm64"], var.package.architecture)
    error_message = "package.architecture is x86_64 or arm64."
  }
}

variable "size" {
  description = "Memory, and with it the share of a processor (1,769 MB is one); seconds that an invocation may take; invocations at once that are reserved for it, and its most (null: whatever the account has left)."
  type        = object({ memory_megabytes = optional(number, 512), timeout_seconds = optional(number, 30), concurrency = optional(number) })
  default     = {}
  nullable    = false

  validation {
    condition     = var.size.memory_megabytes >= 128 && var.size.memory_megabytes <= 10240 && floor(var.size.memory_megabytes) == var.size.memory_megabytes
    error_message = "size.memory_megabytes is a whole number from 128 to 10240."
  }

  validation {
    condition     = var.size.timeout_seconds >= 1 && var.size.timeout_seconds <= 900 && floor(var.size.timeout_seconds) == var.size.timeout_seconds
    error_message = "size.timeout_seconds is a whole number from 1 to 900."
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
  description = "Least level that is logged, days that it is kept (0 is for ever), whether Lambda records traces of its own (X-Ray), and the name of a log group that is there already (null: one is made)."
  type        = object({ level = optional(string, "INFO"), retention_days = optional(number, 30), tracing = optional(bool, false), group = optional(string) })
  default     = {}
  nullable    = false

  validation {
    condition     = contains(["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"], var.log.level)
    error_message = "log.level is TRACE, DEBUG, INFO, WARN, ERROR or FATAL."
  }
}

variable "network" {
  description = "Subnets and security groups of your VPC in which the function runs; null: in none, with the internet before it."
  type        = object({ subnet_ids = list(string), security_group_ids = list(string) })
  default     = null
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
