mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  name             = "events-stream"
  role             = { name = "events-stream-role" }
  bucket_arn       = "arn:aws:s3:::events"
  transformer      = { arn = "arn:aws:lambda:eu-north-1:123456789012:function:transformer", live_arn = "arn:aws:lambda:eu-north-1:123456789012:function:transformer:live", timeout_seconds = 300 }
  transform_buffer = { megabytes = 0.2, seconds = 1 }
  lake_buffer      = { megabytes = 64, seconds = 60 }
}

run "the_lake_is_laid_out_as_on_one_machine" {
  command = plan
  module { source = "./modules/kinesis" }

  assert {
    condition     = one(aws_kinesis_firehose_delivery_stream.this.extended_s3_configuration).prefix == "lake/events/year=!{timestamp:yyyy}/month=!{timestamp:MM}/day=!{timestamp:dd}/hour=!{timestamp:HH}/"
    error_message = "Keys must be the same on AWS and embedded."
  }

  assert {
    condition     = one(aws_kinesis_firehose_delivery_stream.this.extended_s3_configuration).error_output_prefix == "lake/errors/!{firehose:error-output-type}/!{timestamp:yyyy/MM/dd/HH}/"
    error_message = "What failed must lie under lake/errors/processing-failed/."
  }

  assert {
    condition     = one(aws_kinesis_firehose_delivery_stream.this.extended_s3_configuration).compression_format == "GZIP" && one(aws_kinesis_firehose_delivery_stream.this.extended_s3_configuration).file_extension == ".json.gz"
    error_message = "Objects must be .json.gz."
  }

  assert {
    condition     = one(aws_kinesis_firehose_delivery_stream.this.server_side_encryption).enabled
    error_message = "The stream must be encrypted."
  }
}

run "the_transformer_gets_small_batches_at_once" {
  command = apply
  module { source = "./modules/kinesis" }

  assert {
    condition = {
      for parameter in one(one(aws_kinesis_firehose_delivery_stream.this.extended_s3_configuration).processing_configuration).processors[0].parameters : parameter.parameter_name => parameter.parameter_value
    } == { LambdaArn = var.transformer.live_arn, BufferSizeInMBs = "0.2", BufferIntervalInSeconds = "1" }
    error_message = "Only what differs from Firehose's defaults may be set: the rest would drift."
  }
}

run "line_feeds_come_behind_the_function" {
  command = plan
  module { source = "./modules/kinesis" }
  variables {
    append_newline    = true
    transform_retries = 5
  }

  assert {
    condition     = one(one(aws_kinesis_firehose_delivery_stream.this.extended_s3_configuration).processing_configuration).processors[*].type == tolist(["Lambda", "AppendDelimiterToRecord"])
    error_message = "It is the function's records that are delimited."
  }
}

run "a_transformer_that_is_slower_than_firehose_waits_is_refused" {
  command = plan
  module { source = "./modules/kinesis" }
  variables {
    transformer = { arn = "arn:aws:lambda:eu-north-1:123456789012:function:transformer", live_arn = "arn:aws:lambda:eu-north-1:123456789012:function:transformer:live", timeout_seconds = 301 }
  }
  expect_failures = [aws_kinesis_firehose_delivery_stream.this]
}

run "a_batch_that_is_bigger_than_lambda_takes_is_refused" {
  command = plan
  module { source = "./modules/kinesis" }
  variables {
    transform_buffer = { megabytes = 3.5, seconds = 1 }
  }
  expect_failures = [var.transform_buffer]
}
