# Settings of this folder alone: the region and the tags. All other settings are the module's (settings.tf, modules/data-to-events/variables.tf).

variable "region" {
  # The home region; null is the one of your AWS environment (AWS_REGION or the profile's).
  # Values: null | "eu-north-1"
  # Refused: "Stockholm"
  type        = string
  default     = null
  description = "Where it is deployed."

  validation {
    condition     = var.region == null || can(regex("^[a-z]{2}(-[a-z]+)+-[0-9]+$", var.region))
    error_message = "region is an AWS region such as eu-north-1, or null for the one of your environment."
  }
}

variable "tags" {
  # Tags of every resource, beside Project.
  # Values: {} | { Team = "seven", CostCentre = "4711" }
  # Refused: { "aws:team" = "seven" }
  type        = map(string)
  default     = {}
  nullable    = false
  description = "How it is found on the bill."

  validation {
    condition     = alltrue([for key in keys(var.tags) : !startswith(lower(key), "aws:") && length(key) <= 128])
    error_message = "tags have keys of at most 128 characters that do not begin with aws:, which is AWS's own prefix."
  }
}
