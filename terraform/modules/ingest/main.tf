# POST /ingest: the body of a request becomes one record of the delivery stream. The local host has the same route with the same answers; a test holds them together.

data "aws_partition" "current" {}

# The home region: `data.aws_region` names it differently in versions 5 and 6 of the provider.
data "aws_service" "home" {
  service_id = "sts"
}

locals {
  # Text only: $input.body is text, and bytes that are no UTF-8 would not arrive as they were sent. Requests without a type count as application/json.
  media_types = ["application/cloudevents+json", "application/json", "application/x-ndjson", "text/plain"]

  too_large = "A record has at most 1,024,000 bytes. Send this one in parts, or its payload by reference."
  throttled = "The delivery stream takes no more at the moment. Send the record again."
  refused   = "The delivery stream did not take the record."

  # Firehose answers 400 for records that it does not take and for what is wrong with stream, key or role; the type tells them apart.
  answers = {
    "200" = { pattern = "200", body = "{\"recordId\":\"$input.path('$.RecordId')\"}" }
    "413" = {
      pattern = "400"
      body    = <<-EOT
        #set($type = $input.path('$.__type'))
        #if($type.contains("Validation") || $type.contains("InvalidArgument"))
        {"message":"${local.too_large}"}
        #else
        #set($context.responseOverride.status = 502)
        {"message":"${local.refused}","reason":"$util.escapeJavaScript($type)"}
        #end
      EOT
    }
    "503" = { pattern = "503", body = "{\"message\":\"${local.throttled}\"}" }
    "502" = { pattern = null, body = "{\"message\":\"${local.refused}\"}" }
  }

  by_key   = var.auth == "API_KEY"
  by_token = var.auth == "JWT"
}

resource "aws_api_gateway_rest_api" "this" {
  name        = var.name
  description = "Takes records over HTTP"

  endpoint_configuration {
    types = ["REGIONAL"]
  }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_api_gateway_resource" "ingest" {
  rest_api_id = aws_api_gateway_rest_api.this.id
  parent_id   = aws_api_gateway_rest_api.this.root_resource_id
  path_part   = "ingest"
}

resource "aws_api_gateway_method" "post" {
  rest_api_id      = aws_api_gateway_rest_api.this.id
  resource_id      = aws_api_gateway_resource.ingest.id
  http_method      = "POST"
  authorization    = { AWS_IAM = "AWS_IAM", API_KEY = "NONE", JWT = "COGNITO_USER_POOLS" }[var.auth]
  api_key_required = local.by_key

  authorizer_id        = one(aws_api_gateway_authorizer.token[*].id)
  authorization_scopes = local.by_token ? var.user_pools.scopes : null
}

# REST APIs check tokens of Cognito's user pools themselves, and of nobody else. HTTP APIs check anybody's, and cannot call Firehose.
resource "aws_api_gateway_authorizer" "token" {
  count = local.by_token ? 1 : 0

  rest_api_id     = aws_api_gateway_rest_api.this.id
  name            = "token"
  type            = "COGNITO_USER_POOLS"
  provider_arns   = var.user_pools.arns
  identity_source = "method.request.header.Authorization"
}

resource "aws_api_gateway_integration" "put_record" {
  rest_api_id             = aws_api_gateway_rest_api.this.id
  resource_id             = aws_api_gateway_resource.ingest.id
  http_method             = aws_api_gateway_method.post.http_method
  type                    = "AWS"
  integration_http_method = "POST"
  uri                     = "arn:${data.aws_partition.current.partition}:apigateway:${data.aws_service.home.region}:firehose:action/PutRecord"
  credentials             = aws_iam_role.this.arn

  # Any other type is answered with 415.
  passthrough_behavior = "NEVER"
  request_parameters   = { "integration.request.header.Content-Type" = "'application/x-amz-json-1.1'" }
  request_templates    = { for type in local.media_types : type => "{\"DeliveryStreamName\":\"${var.delivery_stream.name}\",\"Record\":{\"Data\":\"$util.base64Encode($input.body)\"}}" }

  # API Gateway tries the role with the first request only; until then nobody would see that it may not put records.
  depends_on = [aws_iam_role_policy.this]
}

resource "aws_api_gateway_method_response" "this" {
  for_each = local.answers

  rest_api_id     = aws_api_gateway_rest_api.this.id
  resource_id     = aws_api_gateway_resource.ingest.id
  http_method     = aws_api_gateway_method.post.http_method
  status_code     = each.key
  response_models = { "application/json" = "Empty" }
}

# The pattern is one of Firehose's status. What matches none is answered with 502, never with 200.
resource "aws_api_gateway_integration_response" "this" {
  for_each = local.answers

  rest_api_id        = aws_api_gateway_rest_api.this.id
  resource_id        = aws_api_gateway_resource.ingest.id
  http_method        = aws_api_gateway_method.post.http_method
  status_code        = aws_api_gateway_method_response.this[each.key].status_code
  selection_pattern  = each.value.pattern
  response_templates = { "application/json" = each.value.body }

  depends_on = [aws_api_gateway_integration.put_record]
}

# API Gateway itself takes 10 MB.
resource "aws_api_gateway_gateway_response" "too_large" {
  rest_api_id        = aws_api_gateway_rest_api.this.id
  response_type      = "REQUEST_TOO_LARGE"
  status_code        = "413"
  response_templates = { "application/json" = "{\"message\":\"${local.too_large}\"}" }
}
