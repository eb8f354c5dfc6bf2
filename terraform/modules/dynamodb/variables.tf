variable "name" {
  description = "Name of the table. Its key is always `pk` and `sk`, both strings."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-zA-Z0-9_.-]{3,255}$", var.name))
    error_message = "A table's name has 3 to 255 of a-z, A-Z, 0-9, _, . and -."
  }
}

variable "most_units" {
  description = "Read and write units a second that the table takes at most, above which it throttles; null: no limit but the account's."
  type        = object({ read = number, write = number })
  default     = null
}

variable "stream" {
  description = "Whether the table has a change stream (new and old images, kept for 24 hours)."
  type        = bool
  default     = false
  nullable    = false
}

variable "ttl_attribute" {
  description = "Attribute with the epoch second after which DynamoDB may delete an item; null: none."
  type        = string
  default     = null
}

variable "point_in_time_recovery" {
  description = "Whether any second of the last 35 days can be restored."
  type        = bool
  default     = true
  nullable    = false
}

variable "deletion_protection" {
  description = "Whether the table refuses to be deleted."
  type        = bool
  default     = true
  nullable    = false
}

variable "replicas" {
  description = "Copies by region, each with a key of that region if the table has one of yours."
  type        = map(object({ kms_key_arn = optional(string) }))
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for region in keys(var.replicas) : can(regex("^[a-z]{2}(-[a-z]+)+-[0-9]+$", region))])
    error_message = "replicas names AWS regions such as eu-west-1."
  }
}

variable "kms_key_arn" {
  description = "Key that encrypts the table; null: DynamoDB's own."
  type        = string
  default     = null
}
