locals {
  # From a folder of this machine, or from a bucket: then in the folder of the version.
  packages = {
    for name, file in { transformer = "Transformer", event_storer = "EventStorer", integration_event_emitter = "IntegrationEventEmitter", event_responder = "EventResponder" } : name => {
      architecture                  = var.functions.architecture
      hold                          = var.release.hold
      bucket                        = one(var.functions.packages_in_bucket[*].bucket)
      release                       = one(var.functions.packages_in_bucket[*].version)
      path                          = var.functions.packages_in_bucket == null ? "${var.functions.packages}/${file}.zip" : "${var.functions.packages_in_bucket.prefix}${var.functions.packages_in_bucket.version}/${file}.zip"
    }
  }

  memory = merge({
    transformer               = 1024
    event_storer              = 512
    integration_event_emitter = 512
    event_responder           = 512
    event_responder_api       = 512
  }, var.functions.memory_megabytes)

  timeout = merge({
    transformer               = 120
    event_storer              = 30
    integration_event_emitter = 60
    event_responder           = 30
    event_responder_api       = 29
  }, var.functions.timeout_seconds)

  size = {
    for function, megabytes in local.memory : function => {
      memory_megabytes = megabytes
      timeout_seconds  = local.timeout[function]
      concurrency      = lookup(var.functions.concurrency, function, null)
    }
  }

  # .NET's names of the levels are understood, and Lambda's are handed on.
  log_level = lookup({ INFORMATION = "INFO", WARNING = "WARN" }, upper(var.functions.log_level), upper(var.functions.log_level))
  log = {
    for function in keys(local.memory) : function => {
      level          = local.log_level
      retention_days = var.functions.log_retention_days
      tracing        = var.functions.tracing
      group          = lookup(var.functions.log_groups, function, null)
    }
  }

  # What a function of yours in the place of ours needs beside.
  extra = { for function in keys(local.memory) : function => lookup(var.functions.extra_statements, function, {}) }

  # OpenSSL reads every root that it finds at the first handshake; the package holds the few that AWS's endpoints chain to, and an empty folder.
  trust_store = var.functions.trust_store == "package" ? {
    SSL_CERT_FILE = "/var/task/aws-roots.pem"
    SSL_CERT_DIR  = "/var/task/no-certs"
  } : {}

  # What every function gets; its metrics are lines of its log (CloudWatch's embedded metric format).
  environment = merge(local.trust_store, { EMF_METRICS = tostring(var.functions.metrics) })

  # What a function needs of a customer's key: to read what lies encrypted, and to write.
  encrypt = length(local.readable_key_arns) == 0 ? {} : { Encrypt = { actions = ["kms:Decrypt", "kms:GenerateDataKey"], resources = local.readable_key_arns } }
}
