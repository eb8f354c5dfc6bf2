variable "name" {
  description = "Name of the API."
  type        = string
  nullable    = false
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

variable "log_role" {
  description = "Name of a role for the logs of all REST APIs of the account in the region, which is made and set for them; null: that stays as it is."
  type        = object({ name = string, path = optional(string, "/"), permissions_boundary = optional(string) })
  default     = null
}

variable "delivery_stream" {
  description = "The delivery stream that gets the records."
  type        = object({ name = string, arn = string })
  nullable    = false
}

variable "auth" {
  description = "Who may send: AWS_IAM (signed requests), API_KEY (a key for each of the producers), or JWT (a token of user_pools)."
  type        = string
  default     = "AWS_IAM"
  nullable    = false

  validation {
    condition     = contains(["AWS_IAM", "API_KEY", "JWT"], var.auth)
    error_message = "auth is AWS_IAM, API_KEY or JWT."
  }
}

variable "user_pools" {
  description = "With JWT: ARNs of the Cognito user pools whose tokens count, and scopes of which an access token needs one; without scopes ID tokens count."
  type        = object({ arns = list(string), scopes = optional(list(string), []) })
  default     = null

  validation {
    condition     = (var.auth == "JWT") == (var.user_pools != null)
    error_message = "user_pools and auth = \"JWT\" belong together."
  }
}

variable "producers" {
  description = "With API_KEY: names of the producers."
  type        = list(string)
  default     = []
  nullable    = false
}

variable "throttle" {
  description = "Requests a second that all producers together may send, and at once above that; with API_KEY each of them too."
  type        = object({ rate = number, burst = number })
  nullable    = false

  validation {
    condition     = alltrue([for limit in values(var.throttle) : limit >= 1 && floor(limit) == limit])
    error_message = "throttle has whole numbers, at least 1."
  }
}

variable "access_log" {
  description = "Whether each request is logged, and days that the log is kept (0 is for ever)."
  type        = object({ enabled = bool, retention_days = number })
  nullable    = false
}

variable "tracing" {
  description = "Whether requests are traced (X-Ray)."
  type        = bool
  default     = false
  nullable    = false
}

variable "kms_key_arn" {
  description = "Key that encrypts stream and log; null: AWS's own."
  type        = string
  default     = null
}
