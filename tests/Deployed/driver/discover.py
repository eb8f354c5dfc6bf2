"""Reads a deployment back through AWS's own APIs: discover.py ENDPOINT REGION writes one JSON document to standard output.

AWS's answers stand in it as they are. What they mean, and that all of it is understood, is for its reader: tests/Deployed/Discovery.
"""

import json
import sys

from aws import Aws


def answer(call, **arguments):
    """An answer without its metadata, or None when AWS says that there is no such thing."""
    try:
        found = call(**arguments)
    except call.__self__.exceptions.ClientError as refused:
        if refused.response["Error"]["Code"] in NOTHING:
            return None
        raise
    found.pop("ResponseMetadata", None)
    return found


NOTHING = {"ResourceNotFoundException", "NoSuchBucketPolicy", "NoSuchPublicAccessBlockConfiguration", "ServerSideEncryptionConfigurationNotFoundError"}


def functions(aws: Aws) -> list:
    client = aws.client("lambda")
    return [
        {
            "name": name,
            "aliases": [alias_of(client, name, alias) for alias in aws.pages(client, "list_aliases", "Aliases", FunctionName=name)],
            "concurrency": answer(client.get_function_concurrency, FunctionName=name),
        }
        for function in aws.pages(client, "list_functions", "Functions")
        for name in [function["FunctionName"]]
    ]


def alias_of(client, function: str, alias: dict) -> dict:
    """An alias, the versions that it invokes, and what counts for those who call it."""
    qualified = {"FunctionName": function, "Qualifier": alias["Name"]}
    weights = (alias.get("RoutingConfig") or {}).get("AdditionalVersionWeights") or {}
    return {
        "alias": alias,
        "versions": [answer(client.get_function_configuration, FunctionName=function, Qualifier=version) for version in [alias["FunctionVersion"], *weights]],
        "policy": json.loads(policy["Policy"]) if (policy := answer(client.get_policy, **qualified)) else None,
        "asyncInvocation": answer(client.get_function_event_invoke_config, **qualified),
    }


def delivery_streams(aws: Aws) -> list:
    client = aws.client("firehose")
    names = client.list_delivery_streams()["DeliveryStreamNames"]
    return [client.describe_delivery_stream(DeliveryStreamName=name)["DeliveryStreamDescription"] for name in names]


def queues(aws: Aws) -> list:
    client = aws.client("sqs")
    urls = aws.pages(client, "list_queues", "QueueUrls")
    return [{"url": url, "attributes": client.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]} for url in urls]


def tables(aws: Aws) -> list:
    client = aws.client("dynamodb")
    names = aws.pages(client, "list_tables", "TableNames")
    return [
        {
            "table": client.describe_table(TableName=name)["Table"],
            "timeToLive": client.describe_time_to_live(TableName=name)["TimeToLiveDescription"],
        }
        for name in names
    ]


def buses(aws: Aws) -> list:
    client = aws.client("events")
    archives = aws.pages(client, "list_archives", "Archives")
    return [
        {
            "bus": answer(client.describe_event_bus, Name=bus["Name"]),
            "rules": [
                {"rule": rule, "targets": aws.pages(client, "list_targets_by_rule", "Targets", Rule=rule["Name"], EventBusName=bus["Name"])}
                for rule in aws.pages(client, "list_rules", "Rules", EventBusName=bus["Name"])
                if "ManagedBy" not in rule
            ],
            "archives": [
                answer(client.describe_archive, ArchiveName=archive["ArchiveName"]) for archive in archives if archive["EventSourceArn"] == bus["Arn"]
            ],
        }
        for bus in client.list_event_buses()["EventBuses"]
        if bus["Name"] != "default"
    ]


def apis(aws: Aws) -> list:
    client = aws.client("apigatewayv2")
    found = []
    for api in aws.pages(client, "get_apis", "Items"):
        routes = aws.pages(client, "get_routes", "Items", ApiId=api["ApiId"])
        authorizers = {route["AuthorizerId"] for route in routes if route.get("AuthorizerId")}
        found.append(
            {
                "api": api,
                "routes": routes,
                "integrations": aws.pages(client, "get_integrations", "Items", ApiId=api["ApiId"]),
                "authorizers": [answer(client.get_authorizer, ApiId=api["ApiId"], AuthorizerId=id) for id in sorted(authorizers)],
                "stages": aws.pages(client, "get_stages", "Items", ApiId=api["ApiId"]),
            }
        )
    return found


def ingest_apis(aws: Aws) -> list:
    client = aws.client("apigateway")
    return [
        {"resources": aws.pages(client, "get_resources", "items", restApiId=api["id"], embed=["methods"])}
        for api in aws.pages(client, "get_rest_apis", "items")
    ]


def keys(aws: Aws) -> list:
    client = aws.client("kms")
    found = [client.describe_key(KeyId=key["KeyId"])["KeyMetadata"] for key in aws.pages(client, "list_keys", "Keys")]
    return [
        {"arn": key["Arn"], "state": key["KeyState"], "policy": json.loads(client.get_key_policy(KeyId=key["KeyId"], PolicyName="default")["Policy"])}
        for key in found
        if key["KeyManager"] == "CUSTOMER"
    ]


def roles(aws: Aws) -> list:
    client = aws.client("iam")
    return [{"role": role, "policies": role_policies(aws, client, role["RoleName"])} for role in aws.pages(client, "list_roles", "Roles")]


def role_policies(aws: Aws, client, role: str) -> list:
    inline = [
        {"name": name, "document": client.get_role_policy(RoleName=role, PolicyName=name)["PolicyDocument"]}
        for name in aws.pages(client, "list_role_policies", "PolicyNames", RoleName=role)
    ]
    for attached in aws.pages(client, "list_attached_role_policies", "AttachedPolicies", RoleName=role):
        arn = attached["PolicyArn"]
        version = client.get_policy(PolicyArn=arn)["Policy"]["DefaultVersionId"]
        document = client.get_policy_version(PolicyArn=arn, VersionId=version)["PolicyVersion"]["Document"]
        inline.append({"name": arn, "document": document})
    return inline


def buckets(aws: Aws) -> list:
    client = aws.client("s3")
    return [
        {
            "name": name,
            "policy": json.loads(policy["Policy"]) if (policy := answer(client.get_bucket_policy, Bucket=name)) else None,
            "encryption": (answer(client.get_bucket_encryption, Bucket=name) or {}).get("ServerSideEncryptionConfiguration"),
        }
        for name in [bucket["Name"] for bucket in client.list_buckets()["Buckets"]]
    ]


def discover(aws: Aws) -> dict:
    return {
        "region": aws.region,
        "account": aws.client("sts").get_caller_identity()["Account"],
        "functions": functions(aws),
        "eventSourceMappings": aws.pages(aws.client("lambda"), "list_event_source_mappings", "EventSourceMappings"),
        "deliveryStreams": delivery_streams(aws),
        "queues": queues(aws),
        "tables": tables(aws),
        "buses": buses(aws),
        "apis": apis(aws),
        "ingestApis": ingest_apis(aws),
        "keys": keys(aws),
        "roles": roles(aws),
        "buckets": buckets(aws),
    }


if __name__ == "__main__":
    endpoint, region = sys.argv[1:]
    json.dump(discover(Aws(endpoint, region, "driver")), sys.stdout, indent=1, default=str)
