# The metrics belong to the alarms: a bucket that is not made here has them too.
moved {
  from = module.s3.aws_s3_bucket_metric.watched
  to   = module.observability.aws_s3_bucket_metric.watched
}
