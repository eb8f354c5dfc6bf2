variable "name" {
  description = "Name of the workgroup; with _ for each - that of the database."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,62}$", var.name))
    error_message = "The name has 2 to 63 of a-z, 0-9 and -, beginning with a letter."
  }
}

variable "bucket_name" {
  description = "Bucket of the lake."
  type        = string
  nullable    = false
}

variable "answers" {
  description = "The bucket that is made for answers, and the days that they are kept."
  type        = object({ bucket_name = string, keep_days = number })
  nullable    = false

  validation {
    condition     = var.answers.keep_days >= 1 && floor(var.answers.keep_days) == var.answers.keep_days
    error_message = "answers.keep_days is a whole number, at least 1."
  }
}

variable "limit_gigabytes" {
  description = "Gigabytes that one query may read; one that would read more is ended."
  type        = number
  nullable    = false

  validation {
    condition     = var.limit_gigabytes >= 1 && floor(var.limit_gigabytes) == var.limit_gigabytes
    error_message = "limit_gigabytes is a whole number, at least 1."
  }
}

variable "first_year" {
  description = "The year of the lake's first events."
  type        = number
  default     = 2026
  nullable    = false
}

variable "kms_key_arn" {
  description = "Key that encrypts the answers; null: S3's own."
  type        = string
  default     = null
}
