"""Makes on moto what lies behind the endpoints under test: prepare_moto.py ENDPOINT."""

import sys

import boto3

keys = {"aws_access_key_id": "contract", "aws_secret_access_key": "no-secret", "region_name": "us-east-1"}


def client(service: str):
    return boto3.client(service, endpoint_url=sys.argv[1], **keys)


for bucket in ("lake-bucket", "firehose-bucket"):
    client("s3").create_bucket(Bucket=bucket)
client("events").create_event_bus(Name="events")
fifo = {"FifoQueue": "true", "DeduplicationScope": "messageGroup", "FifoThroughputLimit": "perMessageGroupId"}
client("sqs").create_queue(QueueName="events.fifo", Attributes=fifo)
destination = {"RoleARN": "arn:aws:iam::123456789012:role/delivery", "BucketARN": "arn:aws:s3:::firehose-bucket"}
client("firehose").create_delivery_stream(DeliveryStreamName="data-events-stream", ExtendedS3DestinationConfiguration=destination)
