# What the provider would make up by itself: ARNs that parse, policies that are JSON.
mock_data "aws_caller_identity" {
  defaults = { account_id = "123456789012" }
}

mock_data "aws_service" {
  defaults = { region = "eu-north-1" }
}

mock_data "aws_partition" {
  defaults = { partition = "aws" }
}

mock_data "aws_lambda_alias" {
  defaults = { function_version = "7" }
}

mock_data "aws_s3_bucket" {
  defaults = { arn = "arn:aws:s3:::mock" }
}

mock_data "aws_cloudwatch_event_bus" {
  defaults = { arn = "arn:aws:events:eu-north-1:123456789012:event-bus/mock" }
}

mock_data "aws_cloudwatch_log_group" {
  defaults = { arn = "arn:aws:logs:eu-north-1:123456789012:log-group:mock" }
}

mock_data "aws_sns_topic" {
  defaults = { arn = "arn:aws:sns:eu-north-1:123456789012:mock" }
}

mock_data "aws_kms_alias" {
  defaults = { target_key_arn = "arn:aws:kms:eu-north-1:123456789012:key/00000000-0000-0000-0000-000000000000" }
}

mock_data "aws_iam_policy_document" {
  defaults = { json = "{\"Version\":\"2012-10-17\",\"Statement\":[]}" }
}

mock_resource "aws_iam_role" {
  defaults = { arn = "arn:aws:iam::123456789012:role/mock" }
}

mock_resource "aws_kms_key" {
  defaults = { arn = "arn:aws:kms:eu-north-1:123456789012:key/00000000-0000-0000-0000-000000000000" }
}

mock_resource "aws_s3_bucket" {
  defaults = { arn = "arn:aws:s3:::mock" }
}

mock_resource "aws_sqs_queue" {
  defaults = {
    arn = "arn:aws:sqs:eu-north-1:123456789012:mock"
    url = "https://sqs.eu-north-1.amazonaws.com/123456789012/mock.fifo"
  }
}

mock_resource "aws_dynamodb_table" {
  defaults = {
    arn        = "arn:aws:dynamodb:eu-north-1:123456789012:table/mock"
    stream_arn = "arn:aws:dynamodb:eu-north-1:123456789012:table/mock/stream/2026-01-01T00:00:00.000"
  }
}

mock_resource "aws_lambda_function" {
  defaults = {
    arn        = "arn:aws:lambda:eu-north-1:123456789012:function:mock"
    invoke_arn = "arn:aws:apigateway:eu-north-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-north-1:123456789012:function:mock/invocations"
  }
}

mock_resource "aws_lambda_alias" {
  defaults = {
    arn        = "arn:aws:lambda:eu-north-1:123456789012:function:mock:live"
    invoke_arn = "arn:aws:apigateway:eu-north-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-north-1:123456789012:function:mock:live/invocations"
  }
}

mock_resource "aws_lambda_layer_version" {
  defaults = { arn = "arn:aws:lambda:eu-north-1:123456789012:layer:mock:1" }
}

mock_resource "aws_cloudwatch_log_group" {
  defaults = { arn = "arn:aws:logs:eu-north-1:123456789012:log-group:mock" }
}

mock_resource "aws_cloudwatch_event_bus" {
  defaults = { arn = "arn:aws:events:eu-north-1:123456789012:event-bus/mock" }
}

mock_resource "aws_cloudwatch_event_rule" {
  defaults = { arn = "arn:aws:events:eu-north-1:123456789012:rule/mock/mock" }
}

mock_resource "aws_kinesis_firehose_delivery_stream" {
  defaults = { arn = "arn:aws:firehose:eu-north-1:123456789012:deliverystream/mock" }
}

mock_resource "aws_sns_topic" {
  defaults = { arn = "arn:aws:sns:eu-north-1:123456789012:mock" }
}

mock_resource "aws_apigatewayv2_api" {
  defaults = {
    api_endpoint  = "https://mock.execute-api.eu-north-1.amazonaws.com"
    execution_arn = "arn:aws:execute-api:eu-north-1:123456789012:mock"
  }
}

mock_resource "aws_api_gateway_stage" {
  defaults = {
    invoke_url    = "https://mock.execute-api.eu-north-1.amazonaws.com/v1"
    execution_arn = "arn:aws:execute-api:eu-north-1:123456789012:mock/v1"
  }
}

mock_resource "aws_glue_catalog_database" {
  defaults = { arn = "arn:aws:glue:eu-north-1:123456789012:database/mock" }
}

mock_resource "aws_glue_catalog_table" {
  defaults = { arn = "arn:aws:glue:eu-north-1:123456789012:table/mock/mock" }
}

mock_resource "aws_athena_workgroup" {
  defaults = { arn = "arn:aws:athena:eu-north-1:123456789012:workgroup/mock" }
}
