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

variable "lifecycle_days" {
  description = "Days after which objects under `lake/events/` move to Glacier Flexible Retrieval and are deleted; 0 is never."
  type        = object({ glacier = optional(number, 0), expire = optional(number, 0) })
  default     = {}
  nullable    = false
}

variable "replication" {
  description = "Another bucket that gets a copy of the lake."
  type        = object({ bucket_arn = string, kms_key_arn = optional(string), storage_class = optional(string, "STANDARD") })
  default     = null
}

variable "watched_prefixes" {
  description = "Places whose uploads are counted by CloudWatch, by the metric's filter id."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "destroy_objects" {
  description = "Whether destroying the bucket destroys what is in it."
  type        = bool
  default     = false
  nullable    = false
}
