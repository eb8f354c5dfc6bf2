"""Makes what an organisation has before terraform/examples/existing-resources comes: python3 existing.py URL."""

import sys

import boto3

REGION = "eu-north-1"


def client(service):
    return boto3.client(service, endpoint_url=sys.argv[1], region_name=REGION, aws_access_key_id="test", aws_secret_access_key="test")


client("s3").create_bucket(Bucket="our-lake", CreateBucketConfiguration={"LocationConstraint": REGION})
client("events").create_event_bus(Name="our-bus")
client("sns").create_topic(Name="our-alarms")
client("logs").create_log_group(logGroupName="/our/logs")
client("kms").create_alias(AliasName="alias/our-key", TargetKeyId=client("kms").create_key()["KeyMetadata"]["KeyId"])
