"""Changes a deployment, one thing at a time, through AWS's own APIs: mutate.py ENDPOINT REGION [further] writes a line of JSON for each change: its
name, whether it breaks the deployment on purpose (a mutation), for a while only (a trouble), or is one of its settings (a variant), and the
deployment as it is discovered then. Each is undone before the next; at the end all is as it was.
"""

import contextlib
import json
import sys

from aws import Aws
from discover import discover

NAME = "data-events"


def mapping(aws: Aws, source: str) -> dict:
    found = aws.pages(aws.client("lambda"), "list_event_source_mappings", "EventSourceMappings")
    return next(mapping for mapping in found if f":{source}:" in f'{mapping["EventSourceArn"]}:')


@contextlib.contextmanager
def changed_mapping(aws: Aws, source: str, **change):
    client, was = aws.client("lambda"), mapping(aws, source)
    client.update_event_source_mapping(UUID=was["UUID"], **change)
    yield
    client.update_event_source_mapping(UUID=was["UUID"], **{name: was["FunctionArn" if name == "FunctionName" else name] for name in change})


@contextlib.contextmanager
def published(aws: Aws, function: str, change):
    """Publishes a version with other settings, which nothing calls yet. change gets the function's configuration and returns what is to be set."""
    client, name = aws.client("lambda"), f"{NAME}-{function}"
    was = client.get_function_configuration(FunctionName=name)
    settings = change(was)
    client.update_function_configuration(FunctionName=name, **settings)
    version = client.publish_version(FunctionName=name)["Version"]
    yield version
    client.update_function_configuration(FunctionName=name, **{setting: was[setting] for setting in settings})
    client.delete_function(FunctionName=name, Qualifier=version)


@contextlib.contextmanager
def changed_alias(aws: Aws, function: str, **change):
    client, alias = aws.client("lambda"), {"FunctionName": f"{NAME}-{function}", "Name": "live"}
    was = client.get_alias(**alias)
    client.update_alias(**alias, **change)
    yield
    client.update_alias(**alias, FunctionVersion=was["FunctionVersion"], RoutingConfig={"AdditionalVersionWeights": {}})


@contextlib.contextmanager
def changed_function(aws: Aws, function: str, change):
    """A version with other settings is live."""
    with published(aws, function, change) as version, changed_alias(aws, function, FunctionVersion=version):
        yield


@contextlib.contextmanager
def canary(aws: Aws, function: str, change):
    """A version with other settings gets half of the invocations."""
    with published(aws, function, change) as version, changed_alias(aws, function, RoutingConfig={"AdditionalVersionWeights": {version: 0.5}}):
        yield


@contextlib.contextmanager
def without_alias(aws: Aws, function: str):
    client, alias = aws.client("lambda"), {"FunctionName": f"{NAME}-{function}", "Name": "live"}
    was = client.get_alias(**alias)
    client.delete_alias(**alias)
    yield
    client.create_alias(**alias, FunctionVersion=was["FunctionVersion"], Description=was["Description"])


def newest(aws: Aws, function: str) -> str:
    """The function without its alias: whatever was deployed last."""
    return aws.client("lambda").get_function_configuration(FunctionName=f"{NAME}-{function}")["FunctionArn"]


def variable(name: str, value: str | None):
    def change(was: dict) -> dict:
        kept = {key: old for key, old in was["Environment"]["Variables"].items() if key != name}
        return {"Environment": {"Variables": kept if value is None else {**kept, name: value}}}

    return change


@contextlib.contextmanager
def forbidden(aws: Aws, function: str, policy: str, action: str):
    """Takes one action out of the policy of a function's role."""
    client, name = aws.client("iam"), aws.client("lambda").get_function_configuration(FunctionName=f"{NAME}-{function}")["Role"].split("/")[-1]
    was = client.get_role_policy(RoleName=name, PolicyName=policy)["PolicyDocument"]
    less = json.loads(json.dumps(was))
    for statement in less["Statement"]:
        actions = statement["Action"] if isinstance(statement["Action"], list) else [statement["Action"]]
        statement["Action"] = [one for one in actions if one != action] or ["none:None"]
    client.put_role_policy(RoleName=name, PolicyName=policy, PolicyDocument=json.dumps(less))
    yield
    client.put_role_policy(RoleName=name, PolicyName=policy, PolicyDocument=json.dumps(was))


@contextlib.contextmanager
def both(first, second):
    with first, second:
        yield


@contextlib.contextmanager
def changed_queue(aws: Aws, queue: str, **attributes: str):
    client = aws.client("sqs")
    url = client.get_queue_url(QueueName=queue)["QueueUrl"]
    was = client.get_queue_attributes(QueueUrl=url, AttributeNames=list(attributes))["Attributes"]
    client.set_queue_attributes(QueueUrl=url, Attributes=attributes)
    yield
    # An empty text takes an attribute away that was not there.
    client.set_queue_attributes(QueueUrl=url, Attributes={name: was.get(name, "") for name in attributes})


@contextlib.contextmanager
def changed_destination(aws: Aws, **change):
    client = aws.client("firehose")
    stream = client.describe_delivery_stream(DeliveryStreamName=f"{NAME}-stream")["DeliveryStreamDescription"]
    was = stream["Destinations"][0]["ExtendedS3DestinationDescription"]

    def update(settings: dict) -> None:
        version = client.describe_delivery_stream(DeliveryStreamName=f"{NAME}-stream")["DeliveryStreamDescription"]["VersionId"]
        client.update_destination(
            DeliveryStreamName=f"{NAME}-stream",
            CurrentDeliveryStreamVersionId=version,
            DestinationId=stream["Destinations"][0]["DestinationId"],
            ExtendedS3DestinationUpdate=settings,
        )

    update(change)
    yield
    update({name: was[name] for name in change})


def changed_transform(aws: Aws, **parameters):
    """Changes the delivery stream's function."""
    stream = aws.client("firehose").describe_delivery_stream(DeliveryStreamName=f"{NAME}-stream")["DeliveryStreamDescription"]
    processing = json.loads(json.dumps(stream["Destinations"][0]["ExtendedS3DestinationDescription"]["ProcessingConfiguration"]))
    for parameter in next(processor for processor in processing["Processors"] if processor["Type"] == "Lambda")["Parameters"]:
        parameter["ParameterValue"] = parameters.get(parameter["ParameterName"], parameter["ParameterValue"])
    return changed_destination(aws, ProcessingConfiguration=processing)


@contextlib.contextmanager
def changed_rule(aws: Aws, pattern: dict):
    client = aws.client("events")
    was = client.describe_rule(Name="data-inserted", EventBusName=f"{NAME}-bus")
    same = {"Name": "data-inserted", "EventBusName": f"{NAME}-bus", "Description": was["Description"]}
    client.put_rule(EventPattern=json.dumps(pattern), **same)
    yield
    client.put_rule(EventPattern=was["EventPattern"], **same)


@contextlib.contextmanager
def without_permission(aws: Aws, function: str, statement: str):
    client, name = aws.client("lambda"), f"{NAME}-{function}"
    qualified = {"FunctionName": name, "Qualifier": "live"}
    was = next(one for one in json.loads(client.get_policy(**qualified)["Policy"])["Statement"] if one["Sid"] == statement)
    client.remove_permission(StatementId=statement, **qualified)
    yield
    client.add_permission(
        **qualified,
        StatementId=statement,
        Action=was["Action"],
        Principal=was["Principal"]["Service"],
        SourceArn=next(iter(was["Condition"].values()))["AWS:SourceArn"],
    )


@contextlib.contextmanager
def open_api(aws: Aws):
    client = aws.client("apigatewayv2")
    api = client.get_apis()["Items"][0]["ApiId"]
    route = next(route for route in client.get_routes(ApiId=api)["Items"] if route["RouteKey"] == "GET /")
    client.update_route(ApiId=api, RouteId=route["RouteId"], AuthorizationType="NONE")
    yield
    client.update_route(ApiId=api, RouteId=route["RouteId"], AuthorizationType=route["AuthorizationType"])


def mutations(aws: Aws) -> dict:
    typo = "lake/event/year=!{timestamp:yyyy}/month=!{timestamp:MM}/day=!{timestamp:dd}/hour=!{timestamp:HH}/"
    return {
        "a filter that wants only removals": changed_mapping(aws, "dynamodb", FilterCriteria={"Filters": [{"Pattern": '{"eventName":["REMOVE"]}'}]}),
        "no partial batch responses from an EventStorer that may not set aside": both(
            changed_mapping(aws, "sqs", FunctionResponseTypes=[]), forbidden(aws, "event-storer", "function", "sqs:SendMessage")
        ),
        "no partial batch responses from the emitter": changed_mapping(aws, "dynamodb", FunctionResponseTypes=[]),
        "a Transformer that may not send": forbidden(aws, "transformer", "function", "sqs:SendMessage"),
        "an EventStorer that may not store": forbidden(aws, "event-storer", "function", "dynamodb:PartiQLInsert"),
        "an EventStorer that may not poll": forbidden(aws, "event-storer", "function", "sqs:ReceiveMessage"),
        "a consumer that may not write its view": forbidden(aws, "event-responder", "function", "dynamodb:UpdateItem"),
        "a rule that may not invoke": without_permission(aws, "event-responder", "Rule"),
        "an API that may not invoke": without_permission(aws, "event-responder-api", "HttpApi"),
        "a queue that calls the newest code and not the alias": changed_mapping(aws, "sqs", FunctionName=newest(aws, "event-storer")),
        "a delivery stream that calls the newest code and not the alias": changed_transform(aws, LambdaArn=newest(aws, "transformer")),
        "a function without an alias": without_alias(aws, "integration-event-emitter"),
        "an alias of what is not published": changed_alias(aws, "event-storer", FunctionVersion="$LATEST"),
        "a canary that compresses": canary(aws, "event-storer", variable("COMPRESS_ENVELOPES", "true")),
        "a canary without a table's name": canary(aws, "event-storer", variable("TABLE_NAME", None)),
        "an inline limit above the bus's": changed_function(aws, "transformer", variable("INLINE_LIMIT", "380000")),
        "a bus that is not there": changed_function(aws, "integration-event-emitter", variable("EVENT_BUS_NAME", "data-event-bus")),
        "no table's name": changed_function(aws, "event-storer", variable("TABLE_NAME", None)),
        "no dead-letter queue behind the consumer": changed_function(aws, "event-responder", lambda was: {"DeadLetterConfig": {"TargetArn": ""}}),
        "a prefix with a slip": changed_destination(aws, Prefix=typo),
        "a visibility timeout shorter than the function's": changed_queue(aws, f"{NAME}-queue.fifo", VisibilityTimeout="10"),
        "deduplication by queue": changed_queue(aws, f"{NAME}-queue.fifo", DeduplicationScope="queue", FifoThroughputLimit="perQueue"),
        "a rule for another detail-type": changed_rule(aws, {"source": ["datatoevents.insert"], "detail-type": ["DataInsert"]}),
        "an API open to everybody": open_api(aws),
    }


def troubles(aws: Aws) -> dict:
    """Beside mutations that do as well: what fails as slowly as this is for a short feed."""
    return {"an emitter that may not publish": forbidden(aws, "integration-event-emitter", "function", "events:PutEvents")}


def variants(aws: Aws) -> dict:
    return {"compressed envelopes": changed_function(aws, "event-storer", variable("COMPRESS_ENVELOPES", "true"))}


@contextlib.contextmanager
def key_without(aws: Aws, statement: str):
    """Takes one statement out of the policy of the deployment's key."""
    client = aws.client("kms")
    key = client.describe_key(KeyId=f"alias/{NAME}")["KeyMetadata"]["KeyId"]
    was = client.get_key_policy(KeyId=key, PolicyName="default")["Policy"]
    less = json.loads(was)
    less["Statement"] = [one for one in less["Statement"] if one.get("Sid") != statement]
    client.put_key_policy(KeyId=key, PolicyName="default", Policy=json.dumps(less))
    yield
    client.put_key_policy(KeyId=key, PolicyName="default", Policy=was)


@contextlib.contextmanager
def queue_without(aws: Aws, queue: str, statement: str):
    """Takes one statement out of the policy of a queue."""
    client = aws.client("sqs")
    url = client.get_queue_url(QueueName=queue)["QueueUrl"]
    was = client.get_queue_attributes(QueueUrl=url, AttributeNames=["Policy"])["Attributes"]["Policy"]
    less = json.loads(was)
    less["Statement"] = [one for one in less["Statement"] if one["Sid"] != statement]
    client.set_queue_attributes(QueueUrl=url, Attributes={"Policy": json.dumps(less)})
    yield
    client.set_queue_attributes(QueueUrl=url, Attributes={"Policy": was})


@contextlib.contextmanager
def changed_ingest(aws: Aws, authorization: str = "AWS_IAM", stream: str = f"{NAME}-stream"):
    client = aws.client("apigateway")
    api = client.get_rest_apis()["items"][0]["id"]
    resource = next(one for one in client.get_resources(restApiId=api, embed=["methods"])["items"] if one["path"] == "/ingest")
    where = {"restApiId": api, "resourceId": resource["id"], "httpMethod": "POST"}
    method = resource["resourceMethods"]["POST"]
    integration = method["methodIntegration"]

    def put(authorization: str, stream: str) -> None:
        client.put_method(**where, authorizationType=authorization, apiKeyRequired=False)
        client.put_integration(
            **where,
            integrationHttpMethod=integration["httpMethod"],
            requestTemplates={kind: text.replace(f"{NAME}-stream", stream) for kind, text in integration["requestTemplates"].items()},
            **{name: integration[name] for name in ("type", "uri", "credentials", "passthroughBehavior", "requestParameters", "connectionType")},
        )
        # A method that is put again has lost its answers.
        for status, response in method.get("methodResponses", {}).items():
            client.put_method_response(**where, statusCode=status, responseModels=response.get("responseModels") or {}, responseParameters=response.get("responseParameters") or {})
        for status, response in integration.get("integrationResponses", {}).items():
            client.put_integration_response(
                **where, statusCode=status, **{name: response[name] for name in ("selectionPattern", "responseTemplates", "responseParameters", "contentHandling") if response.get(name)}
            )

    put(authorization, stream)
    yield
    put("AWS_IAM", f"{NAME}-stream")


@contextlib.contextmanager
def ingest_role_without(aws: Aws, action: str):
    client = aws.client("iam")
    role = next(role["RoleName"] for role in aws.pages(client, "list_roles", "Roles") if role["RoleName"].startswith(f"{NAME}-ingest-"))
    was = client.get_role_policy(RoleName=role, PolicyName="ingest")["PolicyDocument"]
    less = json.loads(json.dumps(was).replace(f'"{action}"', '"none:None"'))
    client.put_role_policy(RoleName=role, PolicyName="ingest", PolicyDocument=json.dumps(less))
    yield
    client.put_role_policy(RoleName=role, PolicyName="ingest", PolicyDocument=json.dumps(was))


def further_mutations(aws: Aws) -> dict:
    """Of a deployment with a customer's key, a queue before the consumer, and records over HTTP."""
    key = aws.client("kms").describe_key(KeyId=f"alias/{NAME}")["KeyMetadata"]["Arn"]
    return {
        "a key that the bus may not use": key_without(aws, "BusAndAlarms"),
        "a key that the bus may not use for queues": key_without(aws, "Queues"),
        "a key without its account": key_without(aws, "Account"),
        "a Transformer that may not use the key": forbidden(aws, "transformer", "function", "kms:GenerateDataKey"),
        "a bus that may not send to its dead-letter queue": queue_without(aws, f"{NAME}-bus-dlq", "Bus"),
        "a bus's dead-letter queue under the bus's key": changed_queue(aws, f"{NAME}-bus-dlq", KmsMasterKeyId=key, SqsManagedSseEnabled="false"),
        "an ingest route open to everybody": changed_ingest(aws, authorization="NONE"),
        "an ingest route into another stream": changed_ingest(aws, stream=f"{NAME}-streams"),
        "an ingest role that may not put records": ingest_role_without(aws, "firehose:PutRecord"),
        "a consumer's queue that the rule may not send to": queue_without(aws, f"{NAME}-consumer", "Rule"),
        "no partial batch responses from the consumer's queue": changed_mapping(aws, f"sqs:{aws.region}:123456789012:{NAME}-consumer", FunctionResponseTypes=[]),
        "a consumer that may not receive from its queue": forbidden(aws, "event-responder", "function", "sqs:ReceiveMessage"),
    }


def further_variants(aws: Aws) -> dict:
    return {"key, consumer's queue, ingest": contextlib.nullcontext()}


if __name__ == "__main__":
    endpoint, region, *further = sys.argv[1:]
    connection = Aws(endpoint, region, "driver")
    kinds = (
        {"variant": further_variants(connection), "mutation": further_mutations(connection)}
        if further
        else {"mutation": mutations(connection), "trouble": troubles(connection), "variant": variants(connection)}
    )
    for kind, changes in kinds.items():
        for title, change in changes.items():
            with change:
                document = discover(connection)
            print(json.dumps({"kind": kind, "title": title, "deployment": document}, default=str), flush=True)
