locals {
  routes = toset(["GET /", "GET /streams", "GET /streams/{id}", "GET /streams/{id}/events", "GET /events", "GET /events/{source}/{id}", "GET /payloads/{name}"])
}

resource "aws_apigatewayv2_api" "this" {
  name          = "${var.name}-api"
  description   = "What the consumer knows"
  protocol_type = "HTTP"
}

resource "aws_apigatewayv2_integration" "this" {
  api_id                 = aws_apigatewayv2_api.this.id
  integration_type       = "AWS_PROXY"
  integration_method     = "POST"
  integration_uri        = module.api.invoke_arn
  payload_format_version = "2.0"

  depends_on = [aws_lambda_permission.api]
}

resource "aws_apigatewayv2_authorizer" "jwt" {
  count = var.api.auth == "JWT" ? 1 : 0

  api_id           = aws_apigatewayv2_api.this.id
  name             = "jwt"
  authorizer_type  = "JWT"
  identity_sources = ["$request.header.Authorization"]

  jwt_configuration {
    issuer   = var.api.jwt.issuer
    audience = var.api.jwt.audience
  }
}

resource "aws_apigatewayv2_route" "this" {
  for_each = local.routes

  api_id             = aws_apigatewayv2_api.this.id
  route_key          = each.key
  target             = "integrations/${aws_apigatewayv2_integration.this.id}"
  authorization_type = var.api.auth
  authorizer_id      = one(aws_apigatewayv2_authorizer.jwt[*].id)
}

resource "aws_apigatewayv2_stage" "this" {
  api_id      = aws_apigatewayv2_api.this.id
  name        = "$default"
  auto_deploy = true

  access_log_settings {
    destination_arn = aws_cloudwatch_log_group.access.arn
    format = jsonencode({
      requestId = "$context.requestId"
      time      = "$context.requestTime"
      ip        = "$context.identity.sourceIp"
      caller    = "$context.identity.caller"
      route     = "$context.routeKey"
      status    = "$context.status"
      bytes     = "$context.responseLength"
      latency   = "$context.responseLatency"
      error     = "$context.error.message"
    })
  }

  default_route_settings {
    throttling_rate_limit    = var.api.throttle_rate
    throttling_burst_limit   = var.api.throttle_burst
    detailed_metrics_enabled = true
  }
}

# Under /aws/vendedlogs/ a log does not use up the account's room for resource policies of logs.
resource "aws_cloudwatch_log_group" "access" {
  name              = "/aws/vendedlogs/apigateway/${var.name}-api"
  retention_in_days = var.function.log.retention_days
  kms_key_id        = var.kms_key_arn
}

resource "aws_lambda_permission" "api" {
  statement_id  = "HttpApi"
  action        = "lambda:InvokeFunction"
  function_name = module.api.name
  qualifier     = module.api.alias
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_apigatewayv2_api.this.execution_arn}/*/*"

  # A permission for another version or alias is there before the old one goes.
  lifecycle {
    create_before_destroy = true
  }
}
