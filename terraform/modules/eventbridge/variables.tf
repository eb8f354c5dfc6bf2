variable "name" {
  description = "Name of the bus."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-zA-Z0-9._-]{1,256}$", var.name))
    error_message = "A bus's name has up to 256 of a-z, A-Z, 0-9, ., - and _."
  }
}

variable "source_name" {
  description = "`source` of the events that are published."
  type        = string
  nullable    = false
}

variable "archive" {
  description = "Name of the archive, and days that it keeps events (0 is for ever); null: no archive."
  type        = object({ name = string, days = number })
  default     = null

  validation {
    condition     = var.archive == null || can(regex("^[a-zA-Z0-9._-]{1,48}$", var.archive.name))
    error_message = "An archive's name has up to 48 of a-z, A-Z, 0-9, ., - and _."
  }
}

variable "dead_letter_name" {
  description = "Name of the queue for what the bus itself cannot encrypt or decrypt. There is one if there is a kms_key_arn."
  type        = string
  nullable    = false
}

variable "schema_discovery" {
  description = "Whether EventBridge derives schemas from the events."
  type        = bool
  default     = false
  nullable    = false
}

variable "audit" {
  description = "Names of a standard queue that gets a copy of every event, and of the queue for what could not be copied; null: neither."
  type        = object({ name = string, dead_letter_name = string })
  default     = null
}

variable "kms_key_arn" {
  description = "Key that encrypts bus and queues; null: AWS's own."
  type        = string
  default     = null
}

variable "existing" {
  description = "Whether the bus is there already: it is looked up by its name, and its key, its policy and its dead-letter queue are its owner's."
  type        = bool
  default     = false
  nullable    = false
}

variable "rule_prefix" {
  description = "Prefix of the rule's name, on a bus that others use too."
  type        = string
  default     = ""
  nullable    = false
}

variable "consumer_accounts" {
  description = "Ids of other accounts that may make rules of their own on the bus."
  type        = list(string)
  default     = []
  nullable    = false
}
