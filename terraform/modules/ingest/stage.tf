resource "aws_api_gateway_deployment" "this" {
  rest_api_id = aws_api_gateway_rest_api.this.id

  # Callers see a change of these resources only after a new deployment.
  triggers = {
    configuration = sha1(jsonencode([
      aws_api_gateway_method.post.authorization, aws_api_gateway_method.post.api_key_required, aws_api_gateway_integration.put_record.uri,
      aws_api_gateway_integration.put_record.request_templates, aws_api_gateway_integration.put_record.credentials, local.answers, var.user_pools,
    ]))
  }

  lifecycle {
    create_before_destroy = true
  }

  depends_on = [aws_api_gateway_integration_response.this, aws_api_gateway_gateway_response.too_large]
}

resource "aws_api_gateway_stage" "this" {
  rest_api_id          = aws_api_gateway_rest_api.this.id
  deployment_id        = aws_api_gateway_deployment.this.id
  stage_name           = "v1"
  xray_tracing_enabled = var.tracing

  dynamic "access_log_settings" {
    for_each = aws_cloudwatch_log_group.access

    content {
      destination_arn = access_log_settings.value.arn
      format = jsonencode({
        requestId = "$context.requestId"
        time      = "$context.requestTime"
        ip        = "$context.identity.sourceIp"
        caller    = "$context.identity.caller"
        key       = "$context.identity.apiKeyId"
        status    = "$context.status"
        bytes     = "$context.responseLength"
        latency   = "$context.responseLatency"
        error     = "$context.error.message"
      })
    }
  }

  # Without the role that writes logs API Gateway refuses a stage with a log.
  depends_on = [aws_api_gateway_account.this]
}

resource "aws_api_gateway_method_settings" "this" {
  rest_api_id = aws_api_gateway_rest_api.this.id
  stage_name  = aws_api_gateway_stage.this.stage_name
  method_path = "*/*"

  settings {
    metrics_enabled        = true
    logging_level          = "OFF"
    throttling_rate_limit  = var.throttle.rate
    throttling_burst_limit = var.throttle.burst
  }
}

# Under /aws/vendedlogs/ a log does not use up the account's room for resource policies of logs.
resource "aws_cloudwatch_log_group" "access" {
  count = var.access_log.enabled ? 1 : 0

  name              = "/aws/vendedlogs/apigateway/${var.name}"
  retention_in_days = var.access_log.retention_days
  kms_key_id        = var.kms_key_arn
}

resource "aws_api_gateway_usage_plan" "this" {
  count = local.by_key ? 1 : 0

  name        = var.name
  description = "Producers over HTTP"

  api_stages {
    api_id = aws_api_gateway_rest_api.this.id
    stage  = aws_api_gateway_stage.this.stage_name
  }

  throttle_settings {
    rate_limit  = var.throttle.rate
    burst_limit = var.throttle.burst
  }
}

# The values lie in Terraform's state too.
resource "aws_api_gateway_api_key" "producer" {
  for_each = toset(local.by_key ? var.producers : [])

  name = "${var.name}-${each.key}"
}

resource "aws_api_gateway_usage_plan_key" "producer" {
  for_each = aws_api_gateway_api_key.producer

  key_id        = each.value.id
  key_type      = "API_KEY"
  usage_plan_id = aws_api_gateway_usage_plan.this[0].id
}
