"""Lists what an account holds in both regions of the examples: python3 contents.py URL. One line each, kind and name; what AWS has in every account is left out."""

import sys

import boto3

LISTS = [
    ("apigatewayv2", "get_apis", "Items", "Name"),
    ("athena", "list_work_groups", "WorkGroups", "Name"),
    ("cloudwatch", "describe_alarms", "MetricAlarms", "AlarmName"),
    ("cloudwatch", "list_dashboards", "DashboardEntries", "DashboardName"),
    ("dynamodb", "list_tables", "TableNames", None),
    ("events", "list_archives", "Archives", "ArchiveName"),
    ("events", "list_event_buses", "EventBuses", "Name"),
    ("firehose", "list_delivery_streams", "DeliveryStreamNames", None),
    ("glue", "get_databases", "DatabaseList", "Name"),
    ("iam", "list_roles", "Roles", "RoleName"),
    ("lambda", "list_event_source_mappings", "EventSourceMappings", "UUID"),
    ("lambda", "list_functions", "Functions", "FunctionName"),
    ("lambda", "list_layers", "Layers", "LayerName"),
    ("logs", "describe_log_groups", "logGroups", "logGroupName"),
    ("s3", "list_buckets", "Buckets", "Name"),
    ("sns", "list_topics", "Topics", "TopicArn"),
    ("sqs", "list_queues", "QueueUrls", None),
]


def main(url):
    lines = {}
    for region in ("eu-north-1", "eu-west-1"):
        for service, operation, member, name in LISTS:
            client = boto3.client(service, endpoint_url=url, region_name=region, aws_access_key_id="test", aws_secret_access_key="test")
            for item in getattr(client, operation)().get(member, []):
                named = item[name] if name else item
                if named not in ("default", "primary"):
                    # What has one name in both regions, or is listed in each, is one line.
                    lines[f"{service} {named}"] = None
    print("\n".join(lines))


main(sys.argv[1])
