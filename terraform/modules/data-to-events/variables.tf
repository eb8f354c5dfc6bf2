# Every setting of the deployment. Each has its values documented in one form, which tests/Terraform reads: it plans with each of
# the `Values`, sees that each of the `Warned` brings a warning and that each of the `Refused` is refused, and it writes the tables of README.md. `With` names what a value needs beside it.

variable "name" {
  # Prefix of every resource's name.
  # Values: "data-events" | "team7-events"
  # Refused: "Data" | "x" | "a-name-that-is-longer-than-thirty-one" | "-events"
  type        = string
  default     = "data-events"
  nullable    = false
  description = "What is deployed, and what to call it."

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,29}[a-z0-9]$", var.name))
    error_message = "name is the prefix of every resource, the bucket's too: 3 to 31 of a-z, 0-9 and -, beginning with a letter and not ending with -."
  }
}

variable "destroy_data" {
  # true: `terraform destroy` empties the bucket (lake, payloads, what was set aside) and takes deletion protection away from the tables.
  # Values: false | true
  type        = bool
  default     = false
  nullable    = false
  description = "Whether the data may be destroyed with the deployment. Apply it before you destroy."
}

variable "functions" {
  description = "The Lambda functions: packages, size, logs, roles."
  default     = {}
  nullable    = false
  type = object({
    # The folder of the zips that `make package` builds, from terraform/.
    # Values: "../artifacts"
    packages = optional(string, "../artifacts")
    # The packages in a bucket of the same region instead, under PREFIX + VERSION/: another version is another folder. prefix is empty or ends with a slash.
    # Values: null | { bucket = "our-releases", prefix = "data-to-events/", version = "1.4.0" }
    # Refused: { bucket = "our-releases", prefix = "data-to-events", version = "1.4.0" }
    packages_in_bucket = optional(object({ bucket = string, prefix = optional(string, ""), version = string }))
    # The processor that the packages were built for.
    # Values: "x86_64" | "arm64"
    # Refused: "x64"
    architecture = optional(string, "x86_64")
    # "package": the few roots that AWS's endpoints chain to (aws and aws-us-gov), shipped in the zip, with which a function starts 70 to 130 ms faster (docs/performance/functions.md). "system": Amazon Linux's own store.
    # Values: "package" | "system"
    # Refused: "none"
    trust_store = optional(string, "package")
    # Megabytes, by function: transformer, event_storer, integration_event_emitter, event_responder, event_responder_api. CPU grows with it.
    # Values: {} | { transformer = 1769 } | { event_storer = 256, event_responder_api = 128 }
    # Refused: { transformer = 64 } | { nobody = 512 } | { transformer = 1024.5 }
    memory_megabytes = optional(map(number), {})
    # Seconds, by function. Transformer: at most 300 (Firehose); event_responder_api: at most 29 (the HTTP API).
    # Values: {} | { transformer = 300 } | { event_storer = 10, event_responder_api = 29 }
    # Refused: { transformer = 301 } | { event_responder_api = 30 } | { nobody = 30 } | { event_storer = 0 } | { event_storer = 1.5 }
    timeout_seconds = optional(map(number), {})
    # Invocations at once that are reserved for a function, which are its most too, by function. What is reserved, the rest of the account lacks.
    # Values: {} | { event_storer = 50 } | { event_responder_api = 5, transformer = 20 }
    # Refused: { transformer = 0 } | { transformer = 1.5 } | { nobody = 5 }
    concurrency = optional(map(number), {})
    # Subnets and security groups of your VPC in which all functions run. They need endpoints there (or a NAT gateway) for sqs, dynamodb, events, s3, and for kms with a key of yours.
    # Values: null | { subnet_ids = ["subnet-0a", "subnet-0b"], security_group_ids = ["sg-0a"] }
    # Refused: { subnet_ids = [], security_group_ids = ["sg-0a"] }
    network = optional(object({ subnet_ids = list(string), security_group_ids = list(string) }))
    # Bytes of an event above which its payload goes to S3 and is referred to. At most 250000: an entry of EventBridge must be smaller than 256 KB, with what the emitter adds to the event.
    # Values: 1000 | 240000 | 250000
    # Refused: 999 | 250001 | 2000.5
    inline_limit_bytes = optional(number, 240000)
    # Bytes that a compressed record may hold, where the catalog has such records unpacked. A record that holds more is put aside.
    # Values: 1000 | 16777216 | 1000000000
    # Refused: 999 | 1000000001 | 2000.5
    unpacked_limit_bytes = optional(number, 16777216)
    # A zip with catalog.json and its schemas at its root: your event catalog, in the place of the one that is shipped with the Transformer.
    # Values: null | "../artifacts/catalog.zip"
    catalog_zip = optional(string)
    # The key for the catalog's masks with hash or token, a SecureString in SSM Parameter Store: "make" makes one (its value lies in Terraform's state too), else the name of one of yours,
    # encrypted by the account's own key for SSM or by encryption.kms_key_arn. null: none, and a catalog with such masks fails at the start (docs/adapting.md).
    # Values: null | "make" | "/events/mask-key"
    # Refused: "mask key"
    mask_key = optional(string)
    # Metrics of the functions' own, in the namespace DataToEvents: one line of the log an invocation. Without them six alarms and a row of the dashboard stay empty.
    # Values: true | false
    metrics = optional(bool, true)
    # The least level that the functions log: DEBUG, INFO, WARN, ERROR, in capitals or not; .NET's Information and Warning are understood too. Their metrics are written whatever it is.
    # Values: "DEBUG" | "INFO" | "WARN" | "ERROR" | "info" | "Warning"
    # Refused: "verbose"
    log_level = optional(string, "INFO")
    # Traces of a sample of the invocations in X-Ray ($5 a million). false: Lambda records only what comes with a trace that is recorded already, and its role may not.
    # Values: false | true
    tracing = optional(bool, false)
    # Days that logs are kept; 0 is for ever. One of CloudWatch's own steps. Logs hold ids and streams of events, and no payload: where those name people, keep logs no longer than you may.
    # Values: 1 | 30 | 365 | 0
    # Refused: 2 | -1
    log_retention_days = optional(number, 30)
    # Log groups that you have, by function: for those none is made, and retention and key are theirs.
    # Values: {} | { transformer = "/our/transformer", event_responder_api = "/our/api" }
    # Refused: { nobody = "/our/logs" }
    log_groups = optional(map(string), {})
    # The path in IAM of all roles (those of the delivery stream and of replication too), for policies that name roles by it.
    # Values: "/" | "/data/events/"
    # Refused: "data" | "/data"
    role_path = optional(string, "/")
    # A policy that bounds what all roles may do, where an organisation wants one on every role.
    # Values: null | "arn:aws:iam::123456789012:policy/boundary"
    # Refused: "boundary"
    permissions_boundary = optional(string)
    # true: the functions' roles trust Lambda only where it says that it acts for this account (aws:SourceAccount), as scanners ask. Nobody has tried it on AWS yet, and where
    # Lambda did not say it no function could start: try it on a stage first. The delivery stream's role has such a condition anyway.
    # Values: false | true
    source_account = optional(bool, false)
    # What a function may do beside, by function and statement: exact actions on ARNs. For a function of your own in the place of one of these.
    # Values: {} | { event_responder = { Ours = { actions = ["dynamodb:PutItem"], resources = ["arn:aws:dynamodb:eu-north-1:123456789012:table/ours"] } } }
    # Refused: { nobody = {} } | { transformer = { Ours = { actions = ["s3:*"], resources = ["arn:aws:s3:::ours/*"] } } }
    extra_statements = optional(map(map(object({ actions = list(string), resources = list(string) }))), {})
  })

  validation {
    condition     = contains(["x86_64", "arm64"], var.functions.architecture)
    error_message = "functions.architecture is x86_64 or arm64, as the packages were built (make package ARCH=...)."
  }

  validation {
    condition     = contains(["package", "system"], var.functions.trust_store)
    error_message = "functions.trust_store is \"package\" (roots shipped in the zip) or \"system\"."
  }

  validation {
    condition = alltrue([
      for function, megabytes in var.functions.memory_megabytes :
      contains(["transformer", "event_storer", "integration_event_emitter", "event_responder", "event_responder_api"], function) && megabytes >= 128 && megabytes <= 10240 && floor(megabytes) == megabytes
    ])
    error_message = "functions.memory_megabytes gives whole numbers from 128 to 10240 for transformer, event_storer, integration_event_emitter, event_responder or event_responder_api."
  }

  validation {
    condition = alltrue([
      for function, seconds in var.functions.timeout_seconds :
      contains(["transformer", "event_storer", "integration_event_emitter", "event_responder", "event_responder_api"], function) && seconds >= 1 && seconds <= 900 && floor(seconds) == seconds
    ])
    error_message = "functions.timeout_seconds gives whole numbers from 1 to 900 for transformer, event_storer, integration_event_emitter, event_responder or event_responder_api."
  }

  validation {
    condition = alltrue([
      for function, executions in var.functions.concurrency :
      contains(["transformer", "event_storer", "integration_event_emitter", "event_responder", "event_responder_api"], function) && executions >= 1 && floor(executions) == executions
    ])
    error_message = "functions.concurrency gives whole numbers, at least 1, for transformer, event_storer, integration_event_emitter, event_responder or event_responder_api."
  }

  validation {
    condition     = var.functions.network == null ? true : length(var.functions.network.subnet_ids) > 0 && length(var.functions.network.security_group_ids) > 0
    error_message = "functions.network names at least one subnet and one security group, or is null."
  }

  validation {
    condition     = var.functions.packages_in_bucket == null ? true : can(regex("^([^/].*/)?$", var.functions.packages_in_bucket.prefix))
    error_message = "functions.packages_in_bucket.prefix is empty, or ends (and does not begin) with a slash."
  }

  validation {
    condition     = lookup(var.functions.timeout_seconds, "transformer", 1) <= 300
    error_message = "functions.timeout_seconds.transformer is at most 300: Firehose waits no longer for a transformation."
  }

  validation {
    condition     = lookup(var.functions.timeout_seconds, "event_responder_api", 1) <= 29
    error_message = "functions.timeout_seconds.event_responder_api is at most 29: the HTTP API gives up after 30 seconds."
  }

  validation {
    condition     = var.functions.mask_key == null || can(regex("^(/[A-Za-z0-9_.-]+)+$|^[A-Za-z0-9_.-]+$", var.functions.mask_key))
    error_message = "functions.mask_key is \"make\", the name of a parameter (/a/b or a), or null."
  }

  validation {
    condition     = var.functions.unpacked_limit_bytes >= 1000 && var.functions.unpacked_limit_bytes <= 1000000000 && floor(var.functions.unpacked_limit_bytes) == var.functions.unpacked_limit_bytes
    error_message = "functions.unpacked_limit_bytes is a whole number from 1000 to 1000000000."
  }

  validation {
    condition     = var.functions.inline_limit_bytes >= 1000 && var.functions.inline_limit_bytes <= 250000 && floor(var.functions.inline_limit_bytes) == var.functions.inline_limit_bytes
    error_message = "functions.inline_limit_bytes is a whole number from 1000 to 250000: an entry of EventBridge must be smaller than 256 KB."
  }

  validation {
    condition     = alltrue([for function in keys(var.functions.log_groups) : contains(["transformer", "event_storer", "integration_event_emitter", "event_responder", "event_responder_api"], function)])
    error_message = "functions.log_groups names log groups for transformer, event_storer, integration_event_emitter, event_responder or event_responder_api."
  }

  validation {
    condition     = contains(["DEBUG", "INFO", "INFORMATION", "WARN", "WARNING", "ERROR"], upper(var.functions.log_level))
    error_message = "functions.log_level is DEBUG, INFO, WARN or ERROR."
  }

  validation {
    condition     = contains([0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.functions.log_retention_days)
    error_message = "functions.log_retention_days is one of CloudWatch's steps: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653, or 0 for ever."
  }

  validation {
    condition     = can(regex("^/([!-~]+/)?$", var.functions.role_path))
    error_message = "functions.role_path begins and ends with a slash."
  }

  validation {
    condition = alltrue([
      for function, statements in var.functions.extra_statements :
      contains(["transformer", "event_storer", "integration_event_emitter", "event_responder", "event_responder_api"], function) && alltrue([for action in flatten([for statement in values(statements) : statement.actions]) : !strcontains(action, "*")])
    ])
    error_message = "functions.extra_statements gives exact actions (none with a *) to transformer, event_storer, integration_event_emitter, event_responder or event_responder_api."
  }

  validation {
    condition     = var.functions.permissions_boundary == null || can(regex("^arn:aws[a-z-]*:iam::([0-9]{12}|aws):policy/.+$", var.functions.permissions_boundary))
    error_message = "functions.permissions_boundary is the ARN of a policy (arn:aws:iam::ACCOUNT:policy/NAME), or null."
  }
}

variable "release" {
  description = "How a new version of a function comes to be live."
  default     = {}
  nullable    = false
  type = object({
    # false: an apply makes new versions live at once. true: it only publishes them, and `operator release` makes them live, first for a part of the invocations; the output
    # release_command is the command. Only for what is deployed already: the first apply needs false.
    # Values: false | true
    hold = optional(bool, false)
    # Percent of the invocations that release_command gives new versions first.
    # Values: 10 | 1 | 50
    # Refused: 0 | 51 | 1.5
    canary_percent = optional(number, 10)
    # Minutes for which it does, before they get all. An alarm meanwhile, and they get none.
    # Values: 10 | 1 | 240
    # Refused: 0 | 241 | 1.5
    minutes = optional(number, 10)
    # Names of alarms of yours that count beside all of this deployment's.
    # Values: [] | ["our-orders-late"]
    # Refused: [""]
    alarms = optional(list(string), [])
  })

  validation {
    condition     = var.release.canary_percent >= 1 && var.release.canary_percent <= 50 && floor(var.release.canary_percent) == var.release.canary_percent
    error_message = "release.canary_percent is a whole number from 1 to 50."
  }

  validation {
    condition     = var.release.minutes >= 1 && var.release.minutes <= 240 && floor(var.release.minutes) == var.release.minutes
    error_message = "release.minutes is a whole number from 1 to 240."
  }

  validation {
    condition     = alltrue([for alarm in var.release.alarms : can(regex("^[\\w.-]{1,255}$", alarm))])
    error_message = "release.alarms has names of alarms, each of up to 255 letters, digits, _, . and -."
  }
}

variable "encryption" {
  description = "Whose key encrypts what lies still: stream, bucket, queues, tables, bus, logs, alarms."
  default     = {}
  nullable    = false
  type = object({
    # "aws": each service's own key, without a charge. "customer": one key of yours, whose policy names who may use it for what.
    # Values: "aws" | "customer"
    # Refused: "none"
    key = optional(string, "aws")
    # A key that you have already; its policy must grant what modules/data-to-events/kms.tf grants. null: one is made.
    # Values: null | "arn:aws:kms:eu-north-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
    # Refused: "alias/mine"
    # With: key = "customer"
    kms_key_arn = optional(string)
    # The key that was made stays, and the functions may read with it, when you go back to key = "aws" or to a key of your own. Apply true before you do, or what was written under it cannot be read any more.
    # Values: false | true
    keep_key = optional(bool, false)
    # Days in which a deleted key can still be saved.
    # Values: 7 | 30
    # Refused: 6 | 31 | 7.5
    deletion_window_days = optional(number, 30)
  })

  validation {
    condition     = contains(["aws", "customer"], var.encryption.key)
    error_message = "encryption.key is \"aws\" (each service's own) or \"customer\" (one key of yours)."
  }

  validation {
    condition     = var.encryption.kms_key_arn == null || can(regex("^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/.+$", var.encryption.kms_key_arn))
    error_message = "encryption.kms_key_arn is the ARN of a key (arn:aws:kms:REGION:ACCOUNT:key/ID), not of an alias, or null."
  }

  validation {
    condition     = var.encryption.kms_key_arn == null || var.encryption.key == "customer"
    error_message = "encryption.kms_key_arn is only used with encryption.key = \"customer\"."
  }

  validation {
    condition     = var.encryption.deletion_window_days >= 7 && var.encryption.deletion_window_days <= 30 && floor(var.encryption.deletion_window_days) == var.encryption.deletion_window_days
    error_message = "encryption.deletion_window_days is a whole number from 7 to 30."
  }
}

variable "ingest_api" {
  description = "An HTTP API in front of the delivery stream, for producers without an SDK."
  default     = {}
  nullable    = false
  type = object({
    # POST /ingest at an API of its own (API Gateway, REST): the body, up to 1,024,000 bytes of text, becomes one record (docs/aws.md).
    # Values: false | true
    create = optional(bool, false)
    # Who may send: "AWS_IAM" (signed requests, see producer_actions), "API_KEY" (a key for each of producers, in the header x-api-key), "JWT" (a token of user_pools, in the header
    # Authorization).
    # Values: "AWS_IAM" | "API_KEY"
    # Refused: "NONE" | "JWT"
    auth = optional(string, "AWS_IAM")
    # With auth = "API_KEY": names of producers. Each gets a key, whose value lies in Terraform's state too.
    # Values: ["producer"] | ["tills", "web-shop"]
    # Refused: [] | ["a b"]
    producers = optional(list(string), ["producer"])
    # With auth = "JWT": Cognito's user pools whose tokens count, and the scopes of which an access token needs one; without scopes ID tokens count. API Gateway's REST APIs check tokens of Cognito and of nobody else.
    # Values: { arns = ["arn:aws:cognito-idp:eu-north-1:123456789012:userpool/eu-north-1_abc"], scopes = ["events/send"] }
    # Refused: { arns = [] } | { arns = ["https://login.example.com/"] }
    # With: auth = "JWT"
    user_pools = optional(object({ arns = list(string), scopes = optional(list(string), []) }))
    # Requests a second that the API takes. With API_KEY each producer has the same limit.
    # Values: 100 | 1 | 10000
    # Refused: 0 | 1.5
    throttle_rate = optional(number, 100)
    # Requests at once above that.
    # Values: 200 | 1 | 5000
    # Refused: 0 | 1.5
    throttle_burst = optional(number, 200)
    # A line a request. API Gateway writes logs of REST APIs through one role for the whole account and region: with "on" that is there already, else the stage is refused.
    # "with_role" makes it and sets it for the account; so take it once in an account and region. "off": no log.
    # Values: "on" | "with_role" | "off"
    # Refused: "yes"
    access_log = optional(string, "on")
  })

  validation {
    condition     = contains(["AWS_IAM", "API_KEY", "JWT"], var.ingest_api.auth)
    error_message = "ingest_api.auth is AWS_IAM, API_KEY or JWT."
  }

  validation {
    condition     = (var.ingest_api.auth == "JWT") == (var.ingest_api.user_pools != null)
    error_message = "ingest_api.user_pools (arns, scopes) and ingest_api.auth = \"JWT\" belong together."
  }

  validation {
    condition     = var.ingest_api.user_pools == null ? true : length(var.ingest_api.user_pools.arns) > 0 && alltrue([for arn in var.ingest_api.user_pools.arns : can(regex("^arn:aws[a-z-]*:cognito-idp:[a-z0-9-]+:[0-9]{12}:userpool/.+$", arn))])
    error_message = "ingest_api.user_pools.arns has at least one ARN of a Cognito user pool (arn:aws:cognito-idp:REGION:ACCOUNT:userpool/ID)."
  }

  validation {
    condition     = length(var.ingest_api.producers) > 0 && alltrue([for producer in var.ingest_api.producers : can(regex("^[a-zA-Z0-9_-]{1,64}$", producer))])
    error_message = "ingest_api.producers has at least one name, each of up to 64 of a-z, A-Z, 0-9, - and _."
  }

  validation {
    condition     = alltrue([for limit in [var.ingest_api.throttle_rate, var.ingest_api.throttle_burst] : limit >= 1 && floor(limit) == limit])
    error_message = "ingest_api.throttle_rate and ingest_api.throttle_burst are whole numbers, at least 1."
  }

  validation {
    condition     = contains(["on", "with_role", "off"], var.ingest_api.access_log)
    error_message = "ingest_api.access_log is \"on\", \"with_role\" or \"off\"."
  }
}

variable "lake" {
  description = "The delivery stream and its bucket: buffers, and how long what is kept."
  default     = {}
  nullable    = false
  type = object({
    # Megabytes of transformed records that make an object, unless buffer_seconds pass first.
    # Values: 1 | 64 | 128
    # Refused: 0 | 129 | 1.5
    buffer_megabytes = optional(number, 64)
    # Seconds after which an object is written all the same.
    # Values: 0 | 60 | 840
    # Refused: -1 | 901 | 60.5
    buffer_seconds = optional(number, 60)
    # Megabytes of records that the Transformer gets at once. Its answer holds an envelope for each record and has 6 MB: more than 0.2 needs larger records, see smallest_record_bytes.
    # Values: 0.2 | 0.5 | 1 | 3
    # Refused: 0.1 | 0.5 | 3.5
    transform_buffer_megabytes = optional(number, 0.2)
    # Average bytes of the records in the buffer that has the smallest ones. It bounds transform_buffer_megabytes: 54 bytes allow 0.5, 125 allow 1, 1,000 allow 3 (docs/capacity.md).
    # Values: 20 | 54 | 125 | 1000
    # Refused: 19 | 1024001 | 20.5
    smallest_record_bytes = optional(number, 20)
    # Seconds after which the Transformer gets what there is: most of the path's latency.
    # Values: 0 | 60 | 900
    # Refused: -1 | 901 | 1.5
    transform_buffer_seconds = optional(number, 1)
    # Retries of a failed Transformer before its batch is set aside under lake/errors/processing-failed/.
    # Values: 0 | 3 | 20
    # Refused: -1 | 301 | 1.5
    transform_retries = optional(number, 3)
    # A line feed from Firehose behind each record. The Transformer ends every line itself: only for a function of your own in its place.
    # Values: false | true
    append_newline = optional(bool, false)
    # Old versions of objects are kept, for 30 days.
    # Values: true | false
    versioning = optional(bool, true)
    # Days after which lake objects move to archive_class; 0 is never.
    # Values: 0 | 90
    # Refused: -1 | 0.5
    glacier_after_days = optional(number, 0)
    # Where they move to: "GLACIER_IR" is read at once, as before. "GLACIER" and "DEEP_ARCHIVE" must be restored first; `operator replay` and `verify` cannot read them until then.
    # Values: "GLACIER_IR" | "GLACIER" | "DEEP_ARCHIVE"
    # Refused: "STANDARD"
    archive_class = optional(string, "GLACIER_IR")
    # Days after which objects of other places are deleted: errors, payloads, quarantine, recovered, not_emitted (changes that could not be published). Payloads must live as long as their events in table and lake.
    # Values: {} | { payloads = 400, errors = 90, quarantine = 90, recovered = 90, not_emitted = 90 }
    # Refused: { payloads = 0.5 } | { payloads = -1 } | { elsewhere = 30 }
    expire_places_after_days = optional(map(number), {})
    # Days after which lake objects are deleted; 0 is never.
    # Values: 0 | 365
    # Refused: -1 | 0.5
    expire_after_days = optional(number, 0)
    # A copy of the lake in a bucket that you have, in whichever region and account; it must be versioned. kms_key_arn: what encrypts the copy.
    # Values: null | { bucket_arn = "arn:aws:s3:::the-copy" } | { bucket_arn = "arn:aws:s3:::the-copy", kms_key_arn = "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab", storage_class = "STANDARD_IA" }
    # Refused: { bucket_arn = "the-copy" }
    replication = optional(object({ bucket_arn = string, kms_key_arn = optional(string), storage_class = optional(string, "STANDARD") }))
    # A bucket that you have, in this account and region. Its encryption, versions, lifecycle, policy and replication stay yours: the settings for those are refused beside it.
    # Values: null | "our-lake"
    # Refused: "s3://our-lake"
    # With: versioning = true
    bucket = optional(string)
    # The lake answers SQL: tables and views for Athena, and a workgroup for who asks. It costs nothing until somebody does (docs/aws.md).
    # Values: false | true
    query = optional(bool, false)
    # Gigabytes that one query may read, compressed as they lie there; one that would read more is ended. A terabyte costs $5.
    # Values: 10 | 1 | 1000
    # Refused: 0 | 1.5
    query_limit_gigabytes = optional(number, 10)
    # Days that answers are kept, in a bucket of their own; as old versions they stay for 30 days more.
    # Values: 7 | 1 | 90
    # Refused: 0 | 1.5
    query_answers_days = optional(number, 7)
  })

  validation {
    condition     = var.lake.bucket == null || can(regex("^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$", var.lake.bucket))
    error_message = "lake.bucket is the name of a bucket that you have, or null."
  }

  validation {
    condition     = var.lake.bucket == null || (var.lake.versioning && var.lake.glacier_after_days == 0 && var.lake.expire_after_days == 0 && length(var.lake.expire_places_after_days) == 0 && var.lake.replication == null)
    error_message = "lake.versioning, glacier_after_days, expire_after_days, expire_places_after_days and replication are settings of a bucket that is made here: with lake.bucket its owner has them."
  }

  validation {
    condition     = alltrue([for number in [var.lake.query_limit_gigabytes, var.lake.query_answers_days] : number >= 1 && floor(number) == number])
    error_message = "lake.query_limit_gigabytes and lake.query_answers_days are whole numbers, at least 1."
  }

  validation {
    condition     = var.lake.buffer_megabytes >= 1 && var.lake.buffer_megabytes <= 128 && floor(var.lake.buffer_megabytes) == var.lake.buffer_megabytes
    error_message = "lake.buffer_megabytes is a whole number from 1 to 128."
  }

  validation {
    condition     = var.lake.buffer_seconds >= 0 && var.lake.buffer_seconds <= 900 && floor(var.lake.buffer_seconds) == var.lake.buffer_seconds
    error_message = "lake.buffer_seconds is a whole number from 0 to 900."
  }

  validation {
    condition     = var.lake.transform_buffer_megabytes >= 0.2 && var.lake.transform_buffer_megabytes <= 3
    error_message = "lake.transform_buffer_megabytes is 0.2 to 3."
  }

  validation {
    condition     = var.lake.smallest_record_bytes >= 20 && var.lake.smallest_record_bytes <= 1024000 && floor(var.lake.smallest_record_bytes) == var.lake.smallest_record_bytes
    error_message = "lake.smallest_record_bytes is a whole number from 20 to 1024000."
  }

  # Bytes of an answer; megabytes of records; bytes that a record takes of the answer: four thirds of its own, and an envelope, an id and an entry around it. tests/Functions/FullBufferTests holds the numbers.
  validation {
    condition     = var.lake.transform_buffer_megabytes <= 6200000 * var.lake.smallest_record_bytes / (1048576 * (4 * var.lake.smallest_record_bytes / 3 + 553))
    error_message = "lake.transform_buffer_megabytes = ${var.lake.transform_buffer_megabytes} is too large for records of ${var.lake.smallest_record_bytes} bytes (lake.smallest_record_bytes): their envelopes would not fit the Transformer's answer of 6 MB. If no buffer's records are so small on average, raise lake.smallest_record_bytes (docs/capacity.md); else leave lake.transform_buffer_megabytes at 0.2."
  }

  validation {
    condition     = var.lake.transform_buffer_seconds >= 0 && var.lake.transform_buffer_seconds <= 900 && floor(var.lake.transform_buffer_seconds) == var.lake.transform_buffer_seconds
    error_message = "lake.transform_buffer_seconds is a whole number from 0 to 900."
  }

  validation {
    condition     = var.lake.transform_retries >= 0 && var.lake.transform_retries <= 300 && floor(var.lake.transform_retries) == var.lake.transform_retries
    error_message = "lake.transform_retries is a whole number from 0 to 300."
  }

  validation {
    condition     = alltrue([for days in [var.lake.glacier_after_days, var.lake.expire_after_days] : days >= 0 && floor(days) == days])
    error_message = "lake.glacier_after_days and lake.expire_after_days are whole days, 0 for never."
  }

  validation {
    condition     = contains(["GLACIER_IR", "GLACIER", "DEEP_ARCHIVE"], var.lake.archive_class)
    error_message = "lake.archive_class is GLACIER_IR, GLACIER or DEEP_ARCHIVE."
  }

  validation {
    condition = alltrue([
      for place, days in var.lake.expire_places_after_days :
      contains(["errors", "payloads", "quarantine", "recovered", "not_emitted"], place) && days >= 0 && floor(days) == days
    ])
    error_message = "lake.expire_places_after_days gives whole days, 0 for never, for errors, payloads, quarantine, recovered or not_emitted."
  }

  validation {
    condition     = var.lake.expire_after_days == 0 || var.lake.glacier_after_days < var.lake.expire_after_days
    error_message = "lake.expire_after_days must be after lake.glacier_after_days."
  }

  validation {
    condition     = var.lake.replication == null || can(regex("^arn:aws[a-z-]*:s3:::[a-z0-9.-]{3,63}$", var.lake.replication.bucket_arn))
    error_message = "lake.replication.bucket_arn is the ARN of a bucket: arn:aws:s3:::NAME."
  }
}

variable "queue" {
  description = "The FIFO queue between Transformer and EventStorer, and its dead-letter queue."
  default     = {}
  nullable    = false
  type = object({
    # Seconds until an event that was not stored is tried again: at least 6 times the EventStorer's timeout (30).
    # Values: 180 | 900 | 43200
    # Refused: 60 | 43201 | 180.5
    visibility_timeout_seconds = optional(number, 180)
    # Receives after which an event goes to the dead-letter queue. 100, three minutes apart, are five hours: an outage that is shorter sets nothing aside, so no stream loses its order.
    # Values: 5 | 100 | 1000
    # Refused: 4 | 1001 | 5.5
    max_receives = optional(number, 100)
    # Days that an event waits for its storer.
    # Values: 1 | 14
    # Refused: 0 | 15 | 1.5
    retention_days = optional(number, 14)
    # EventStorers at once at most; 0 is as many as there are streams in flight.
    # Values: 0 | 2 | 1000
    # Refused: 1 | 1001 | 2.5
    max_concurrency = optional(number, 0)
  })

  validation {
    condition     = var.queue.visibility_timeout_seconds >= 6 && var.queue.visibility_timeout_seconds <= 43200 && floor(var.queue.visibility_timeout_seconds) == var.queue.visibility_timeout_seconds
    error_message = "queue.visibility_timeout_seconds is a whole number from 6 to 43200."
  }

  validation {
    condition     = var.queue.visibility_timeout_seconds >= 6 * lookup(var.functions.timeout_seconds, "event_storer", 30)
    error_message = "queue.visibility_timeout_seconds must be at least 6 times the EventStorer's timeout (functions.timeout_seconds.event_storer), or SQS hands an event out again while it is being stored."
  }

  validation {
    condition     = var.queue.max_receives >= 5 && var.queue.max_receives <= 1000 && floor(var.queue.max_receives) == var.queue.max_receives
    error_message = "queue.max_receives is a whole number from 5 to 1000: throttled pollers count as receives too."
  }

  validation {
    condition     = var.queue.retention_days >= 1 && var.queue.retention_days <= 14 && floor(var.queue.retention_days) == var.queue.retention_days
    error_message = "queue.retention_days is a whole number from 1 to 14."
  }

  validation {
    condition     = var.queue.max_concurrency == 0 || (var.queue.max_concurrency >= 2 && var.queue.max_concurrency <= 1000 && floor(var.queue.max_concurrency) == var.queue.max_concurrency)
    error_message = "queue.max_concurrency is a whole number from 2 to 1000, or 0 for no limit."
  }
}

variable "store" {
  description = "The table of events."
  default     = {}
  nullable    = false
  type = object({
    # Days after which an event is deleted from the table (not from the lake); 0 is never. Consumers need not hear of it: see bus.emit_removed.
    # Values: 0 | 30 | 3650
    # Refused: -1 | 3651 | 1.5
    keep_days = optional(number, 0)
    # An envelope is stored compressed where that saves a write unit; it is then binary in the table, and the functions and tools read both.
    # Values: false | true
    compress_envelopes = optional(bool, false)
    # Any second of the last 35 days can be restored.
    # Values: true | false
    point_in_time_recovery = optional(bool, true)
    # The tables cannot be deleted, by nobody, until this is false (or destroy_data is true).
    # Values: true | false
    deletion_protection = optional(bool, true)
    # Read and write units a second that the table takes at most, above which it throttles: a bound for the bill. null: none but the account's.
    # Values: null | { read = 4000, write = 4000 }
    # Refused: { read = 0, write = 4000 } | { read = 4000, write = 0.5 }
    most_units = optional(object({ read = number, write = number }))
    # Copies in other regions (a global table), by region. kms_key_arn: needed with a customer's key, one in that region. A copy has no deletion protection: version 5 of the provider cannot give it.
    # Values: {} | { eu-west-1 = {} } | { eu-west-1 = {}, us-east-1 = {} }
    # Refused: { Dublin = {} }
    replicas = optional(map(object({ kms_key_arn = optional(string) })), {})
  })

  validation {
    condition     = var.store.keep_days >= 0 && var.store.keep_days <= 3650 && floor(var.store.keep_days) == var.store.keep_days
    error_message = "store.keep_days is 0 (for ever) to 3650."
  }

  validation {
    condition     = var.store.most_units == null ? true : alltrue([for units in values(var.store.most_units) : units >= 1 && floor(units) == units])
    error_message = "store.most_units gives whole numbers, at least 1, for read and write, or is null."
  }

  validation {
    condition     = alltrue([for region in keys(var.store.replicas) : can(regex("^[a-z]{2}(-[a-z]+)+-[0-9]+$", region))])
    error_message = "store.replicas names AWS regions such as eu-west-1."
  }

  validation {
    condition     = var.encryption.key == "aws" || alltrue([for replica in values(var.store.replicas) : replica.kms_key_arn != null])
    error_message = "store.replicas needs a kms_key_arn for each region when encryption.key is \"customer\": a key does not leave its region."
  }
}

variable "bus" {
  description = "What is published, and what the bus remembers."
  default     = {}
  nullable    = false
  type = object({
    # Changed items are published too, as DataModified. The path itself never changes an item.
    # Values: false | true
    emit_modified = optional(bool, false)
    # Removed items are published too, as DataRemoved; those that expired are told apart (DataExpired).
    # Values: false | true
    emit_removed = optional(bool, false)
    # Changes that the emitter gets at once.
    # Values: 10 | 100 | 1000
    # Refused: 0 | 10001 | 10.5
    batch_size = optional(number, 100)
    # Emitters at once for each shard of the table's stream. 1 publishes the events of a stream in order. More than 1 does not: Lambda then keeps the order of each item only, and each event is an item of its own.
    # Values: 1 | 10
    # Refused: 0 | 11 | 1.5
    # With: give_up_order = true
    parallelization = optional(number, 1)
    # Order on the bus is given up: two events of a stream may be published in any order. Consumers then need the order that dtesequence gives. parallelization above 1 is refused without it.
    # Values: true
    # Refused: false
    # With: parallelization = 4
    give_up_order = optional(bool, false)
    # Retries of a change that cannot be published before it is set aside in the bucket. A change is tried for at most 24 hours.
    # Values: 0 | 200 | 10000
    # Refused: -2 | 10001 | 0.5
    retries = optional(number, 200)
    # Days of events that the bus can replay; 0 is for ever, -1 is no archive.
    # Values: -1 | 0 | 30
    # Refused: -2 | 0.5
    archive_days = optional(number, 30)
    # EventBridge derives schemas from what it sees.
    # Values: false | true
    schema_discovery = optional(bool, false)
    # A queue that gets a copy of everything published, for `operator verify`.
    # Values: false | true
    audit = optional(bool, false)
    # A bus that you have, in this account and region. Its key, policy and dead-letter queue stay yours; rules get the name's prefix, and the consumer takes only what comes from this deployment's table.
    # Values: null | "our-bus"
    # Refused: "arn:aws:events:eu-north-1:123456789012:event-bus/our-bus"
    # With: consumer_accounts = []
    existing = optional(string)
    # Other accounts whose consumers make rules of their own on the bus, and change only those.
    # Values: [] | ["111122223333", "444455556666"]
    # Refused: ["1234"]
    consumer_accounts = optional(list(string), [])
  })

  validation {
    condition     = var.bus.existing == null || can(regex("^[a-zA-Z0-9._-]{1,256}$", var.bus.existing))
    error_message = "bus.existing is the name of a bus that you have (not its ARN), or null."
  }

  validation {
    condition     = alltrue([for account in var.bus.consumer_accounts : can(regex("^[0-9]{12}$", account))])
    error_message = "bus.consumer_accounts lists account ids of twelve digits."
  }

  validation {
    condition     = var.bus.batch_size >= 1 && var.bus.batch_size <= 10000 && floor(var.bus.batch_size) == var.bus.batch_size
    error_message = "bus.batch_size is a whole number from 1 to 10000."
  }

  validation {
    condition     = var.bus.parallelization >= 1 && var.bus.parallelization <= 10 && floor(var.bus.parallelization) == var.bus.parallelization
    error_message = "bus.parallelization is a whole number from 1 to 10."
  }

  validation {
    condition     = var.bus.parallelization <= 1 || var.bus.give_up_order
    error_message = "bus.parallelization above 1 gives up the order of a stream's events on the bus: Lambda keeps the order of each item only, and each event is an item of its own. Keep it at 1, or say that this is meant: bus.give_up_order = true."
  }

  validation {
    condition     = var.bus.retries >= 0 && var.bus.retries <= 10000 && floor(var.bus.retries) == var.bus.retries
    error_message = "bus.retries is a whole number from 0 to 10000; without an end, one poisonous change would hold up its shard until it expires."
  }

  validation {
    condition     = var.bus.archive_days >= -1 && floor(var.bus.archive_days) == var.bus.archive_days
    error_message = "bus.archive_days is a number of days, 0 for ever, or -1 for no archive."
  }
}

variable "consumer" {
  description = "The consumer's side: rule, view, HTTP API."
  default     = {}
  nullable    = false
  type = object({
    # Who may call the HTTP API: "AWS_IAM" (signed requests), "JWT" (see jwt), "NONE" (anybody).
    # Values: "AWS_IAM"
    # Warned: "NONE"
    # Refused: "API_KEY" | "JWT"
    auth = optional(string, "AWS_IAM")
    # With auth = "JWT": who issues the tokens, and for whom they must be meant.
    # Values: { issuer = "https://login.example.com/", audience = ["data-events"] }
    # Refused: { issuer = "http://login.example.com/", audience = ["data-events"] } | { issuer = "https://login.example.com/", audience = [] }
    # With: auth = "JWT"
    jwt = optional(object({ issuer = string, audience = list(string) }))
    # Requests a second that the API takes.
    # Values: 1 | 100 | 10000
    # Refused: 0 | 1.5
    throttle_rate = optional(number, 100)
    # Requests at once above that.
    # Values: 1 | 200 | 5000
    # Refused: 0 | 1.5
    throttle_burst = optional(number, 200)
    # Replayed events are taken too. Those that were taken before are recognised by their id.
    # Values: false | true
    handle_replays = optional(bool, false)
    # Over how many partitions feeds are spread, and counters (128 of them a type, or one a partition): each takes some 500 events a second, each is a query when the view is read. Never change it.
    # Values: 1 | 16 | 1000
    # Refused: 0 | 1001 | 1.5
    view_shards = optional(number, 16)
    # The API finds events by their id: one more write an event (two write units beside twelve and two a KB). Only events that came while it was on are found.
    # Values: true | false
    view_lookups = optional(bool, true)
    # Hours for which the bus tries to hand an event to the consumer before it goes to the rule's dead-letter queue.
    # Values: 1 | 24
    # Refused: 0 | 25 | 1.5
    retry_hours = optional(number, 24)
    # A queue between rule and function, which then takes events in batches: above some thousand events a second (docs/capacity.md). What fails max_receives times goes to the rule's dead-letter queue.
    # pollers: so many are there (and paid for) all the time, which makes sudden loads start faster; not with max_concurrency.
    # Values: null | {} | { batch_size = 100, batching_seconds = 1, max_concurrency = 50, max_receives = 10 } | { pollers = { minimum = 2, maximum = 200 } }
    # Refused: { batch_size = 101 } | { batch_size = 20, batching_seconds = 0 } | { max_concurrency = 1 } | { max_receives = 4 } | { pollers = { minimum = 1, maximum = 200 } } | { pollers = { minimum = 2, maximum = 200 }, max_concurrency = 5 }
    queue = optional(object({ batch_size = optional(number, 10), batching_seconds = optional(number, 0), max_concurrency = optional(number, 0), max_receives = optional(number, 10), pollers = optional(object({ minimum = number, maximum = number })) }))
  })

  validation {
    condition     = var.consumer.queue == null ? true : var.consumer.queue.batch_size >= 1 && var.consumer.queue.batch_size <= 100 && floor(var.consumer.queue.batch_size) == var.consumer.queue.batch_size
    error_message = "consumer.queue.batch_size is a whole number from 1 to 100."
  }

  validation {
    condition     = var.consumer.queue == null ? true : var.consumer.queue.batching_seconds >= (var.consumer.queue.batch_size > 10 ? 1 : 0) && var.consumer.queue.batching_seconds <= 300 && floor(var.consumer.queue.batching_seconds) == var.consumer.queue.batching_seconds
    error_message = "consumer.queue.batching_seconds is a whole number from 0 to 300, and at least 1 for batches of more than 10: Lambda wants that."
  }

  validation {
    condition     = var.consumer.queue == null ? true : var.consumer.queue.max_concurrency == 0 || (var.consumer.queue.max_concurrency >= 2 && var.consumer.queue.max_concurrency <= 1000 && floor(var.consumer.queue.max_concurrency) == var.consumer.queue.max_concurrency)
    error_message = "consumer.queue.max_concurrency is a whole number from 2 to 1000, or 0 for no limit."
  }

  validation {
    condition     = var.consumer.queue == null ? true : var.consumer.queue.max_receives >= 5 && var.consumer.queue.max_receives <= 1000 && floor(var.consumer.queue.max_receives) == var.consumer.queue.max_receives
    error_message = "consumer.queue.max_receives is a whole number from 5 to 1000: throttled pollers count as receives too."
  }

  validation {
    condition = try(var.consumer.queue.pollers, null) == null ? true : (
      var.consumer.queue.max_concurrency == 0 && var.consumer.queue.pollers.minimum >= 2 && var.consumer.queue.pollers.minimum <= 200 && var.consumer.queue.pollers.maximum >= var.consumer.queue.pollers.minimum && var.consumer.queue.pollers.maximum <= 2000
      && alltrue([for pollers in values(var.consumer.queue.pollers) : floor(pollers) == pollers])
    )
    error_message = "consumer.queue.pollers are whole numbers, minimum from 2 to 200 and maximum from there to 2000, and go without max_concurrency."
  }

  validation {
    condition     = contains(["AWS_IAM", "JWT", "NONE"], var.consumer.auth)
    error_message = "consumer.auth is AWS_IAM, JWT or NONE."
  }

  validation {
    condition     = (var.consumer.auth == "JWT") == (var.consumer.jwt != null)
    error_message = "consumer.jwt (issuer, audience) and consumer.auth = \"JWT\" belong together."
  }

  validation {
    condition     = var.consumer.jwt == null ? true : can(regex("^https://", var.consumer.jwt.issuer)) && length(var.consumer.jwt.audience) > 0
    error_message = "consumer.jwt needs an issuer (https://...) and at least one audience."
  }

  validation {
    condition     = alltrue([for limit in [var.consumer.throttle_rate, var.consumer.throttle_burst] : limit >= 1 && floor(limit) == limit])
    error_message = "consumer.throttle_rate and consumer.throttle_burst are whole numbers, at least 1."
  }

  validation {
    condition     = var.consumer.view_shards >= 1 && var.consumer.view_shards <= 1000 && floor(var.consumer.view_shards) == var.consumer.view_shards
    error_message = "consumer.view_shards is a whole number from 1 to 1000."
  }

  validation {
    condition     = var.consumer.retry_hours >= 1 && var.consumer.retry_hours <= 24 && floor(var.consumer.retry_hours) == var.consumer.retry_hours
    error_message = "consumer.retry_hours is a whole number from 1 to 24, EventBridge's own limit."
  }
}

variable "alarms" {
  description = "When somebody is called, and how."
  default     = {}
  nullable    = false
  type = object({
    # Where alarms are mailed, beside the topic; the address has to confirm it. null: nowhere.
    # Values: null | "on-call@example.com"
    # Refused: "on-call"
    email = optional(string)
    # A topic that you have, whose policy and key let cloudwatch.amazonaws.com publish; null: one is made.
    # Values: null | "arn:aws:sns:eu-north-1:123456789012:our-alarms"
    # Refused: "our-alarms"
    topic_arn = optional(string)
    # Minutes that an event may wait in the queue for its storer.
    # Values: 1 | 15
    # Refused: 0 | 1.5
    queue_age_minutes = optional(number, 15)
    # Minutes that a change may wait for the emitter. Changes are lost after 24 hours.
    # Values: 1 | 15 | 600
    # Refused: 0 | 1440 | 1.5
    iterator_age_minutes = optional(number, 15)
    # Minutes that a record may wait for the lake: more than lake.buffer_seconds.
    # Values: 5 | 15
    # Refused: 0 | 1 | 2.5
    freshness_minutes = optional(number, 15)
    # A dashboard that shows the path hop by hop (3 of them are free in an account).
    # Values: true | false
    dashboard = optional(bool, true)
  })

  validation {
    condition     = var.alarms.topic_arn == null || can(regex("^arn:aws[a-z-]*:sns:[a-z0-9-]+:[0-9]{12}:.+$", var.alarms.topic_arn))
    error_message = "alarms.topic_arn is the ARN of a topic (arn:aws:sns:REGION:ACCOUNT:NAME), or null."
  }

  validation {
    condition     = var.alarms.email == null || can(regex("^[^@ ]+@[^@ ]+$", var.alarms.email))
    error_message = "alarms.email is an address, or null."
  }

  validation {
    condition     = var.alarms.queue_age_minutes >= 1 && floor(var.alarms.queue_age_minutes) == var.alarms.queue_age_minutes
    error_message = "alarms.queue_age_minutes is a whole number, at least 1."
  }

  validation {
    condition     = var.alarms.iterator_age_minutes >= 1 && var.alarms.iterator_age_minutes < 1440 && floor(var.alarms.iterator_age_minutes) == var.alarms.iterator_age_minutes
    error_message = "alarms.iterator_age_minutes is a whole number from 1 to 1439: after 24 hours DynamoDB's stream forgets."
  }

  validation {
    condition     = var.alarms.freshness_minutes * 60 > var.lake.buffer_seconds && floor(var.alarms.freshness_minutes) == var.alarms.freshness_minutes
    error_message = "alarms.freshness_minutes is a whole number, and more than lake.buffer_seconds, or the alarm is always on."
  }
}
