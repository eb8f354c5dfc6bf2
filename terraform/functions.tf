locals {
  packages = {
    transformer               = "${var.functions.packages}/Transformer.zip"
    event_storer              = "${var.functions.packages}/EventStorer.zip"
    integration_event_emitter = "${var.functions.packages}/IntegrationEventEmitter.zip"
    event_responder           = "${var.functions.packages}/EventResponder.zip"
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

  log = { level = var.functions.log_level, retention_days = var.functions.log_retention_days }

  # OpenSSL reads every root that it finds at the first handshake; the package holds the few that AWS's endpoints chain to, and an empty folder.
  trust_store = var.functions.trust_store == "package" ? {
    SSL_CERT_FILE = "/var/task/aws-roots.pem"
    SSL_CERT_DIR  = "/var/task/no-certs"
  } : {}

  # What every function gets; its metrics are lines of its log (CloudWatch's embedded metric format).
  environment = merge(local.trust_store, { EMF_METRICS = tostring(var.functions.metrics) })

  # What a function needs of a customer's key: to read what lies encrypted, and to write.
  encrypt = { for key in local.kms_key_arn[*] : "Encrypt" => { actions = ["kms:Decrypt", "kms:GenerateDataKey"], resources = [key] } }
}
