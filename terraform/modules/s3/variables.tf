variable "name" {
  description = "Name of the bucket, unique in the world."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$", var.name))
    error_message = "A bucket's name has 3 to 63 of a-z, 0-9, . and -."
  }
}

variable "kms_key_arn" {
  description = "Key that encrypts the objects; null: S3's own."
  type        = string
  default     = null
}

variable "versioning" {
  description = "Whether old versions of objects are kept (for 30 days). A replicated bucket always keeps them."
  type        = bool
  default     = true
  nullable    = false
}

variable "archive" {
  description = "Days after which the objects under a prefix move to a storage class that is cheaper to keep and dearer to read; null: never."
  type        = object({ prefix = string, days = number, storage_class = string })
  default     = null
}

variable "expire_days" {
  description = "Days after which objects are deleted, by prefix."
  type        = map(number)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for prefix, days in var.expire_days : endswith(prefix, "/") && days >= 1 && floor(days) == days])
    error_message = "expire_days gives whole days, at least 1, for prefixes that end with a slash."
  }
}

variable "replication" {
  description = "Another bucket that gets a copy of the lake, and the role that S3 copies with."
  type        = object({ bucket_arn = string, role = object({ name = string, path = optional(string, "/"), permissions_boundary = optional(string) }), kms_key_arn = optional(string), storage_class = optional(string, "STANDARD") })
  default     = null
}

variable "destroy_objects" {
  description = "Whether destroying the bucket destroys what is in it."
  type        = bool
  default     = false
  nullable    = false
}
