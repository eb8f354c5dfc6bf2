# What was deployed before there was a module keeps its resources, and its data.
moved {
  from = module.s3
  to   = module.data_to_events.module.s3
}

moved {
  from = module.sqs
  to   = module.data_to_events.module.sqs
}

moved {
  from = module.dynamodb
  to   = module.data_to_events.module.dynamodb
}

moved {
  from = module.kinesis
  to   = module.data_to_events.module.kinesis
}

moved {
  from = module.eventbridge
  to   = module.data_to_events.module.eventbridge
}

moved {
  from = module.observability
  to   = module.data_to_events.module.observability
}

moved {
  from = module.transformer
  to   = module.data_to_events.module.transformer
}

moved {
  from = module.event_storer
  to   = module.data_to_events.module.event_storer
}

moved {
  from = module.integration_event_emitter
  to   = module.data_to_events.module.integration_event_emitter
}

moved {
  from = module.consumer
  to   = module.data_to_events.module.consumer
}

moved {
  from = aws_kms_key.this
  to   = module.data_to_events.aws_kms_key.this
}

moved {
  from = aws_kms_alias.this
  to   = module.data_to_events.aws_kms_alias.this
}

moved {
  from = aws_lambda_layer_version.catalog
  to   = module.data_to_events.aws_lambda_layer_version.catalog
}

moved {
  from = aws_lambda_event_source_mapping.queue
  to   = module.data_to_events.aws_lambda_event_source_mapping.queue
}

moved {
  from = aws_lambda_event_source_mapping.stream
  to   = module.data_to_events.aws_lambda_event_source_mapping.stream
}
