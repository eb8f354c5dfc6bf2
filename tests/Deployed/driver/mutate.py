"""Changes a deployment, one thing at a time, through AWS's own APIs: mutate.py ENDPOINT REGION writes a line of JSON for each change: its
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
    return next(mapping for mapping in found if f":{source}:" in mapping["EventSourceArn"])


@contextlib.contextmanager
def changed_mapping(aws: Aws, source: str, **change):
    client, was = aws.client("lambda"), mapping(aws, source)
    client.update_event_source_mapping(UUID=was["UUID"], **change)
    yield
    client.update_event_source_mapping(UUID=was["UUID"], **{name: was[name] for name in change})


@contextlib.contextmanager
def changed_function(aws: Aws, function: str, change):
    """change gets the function's configuration and returns what is to be set."""
    client, name = aws.client("lambda"), f"{NAME}-{function}"
    was = client.get_function_configuration(FunctionName=name)
    settings = change(was)
    client.update_function_configuration(FunctionName=name, **settings)
    yield
    client.update_function_configuration(FunctionName=name, **{setting: was[setting] for setting in settings})


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
    client.set_queue_attributes(QueueUrl=url, Attributes=was)


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
    was = next(one for one in json.loads(client.get_policy(FunctionName=name)["Policy"])["Statement"] if one["Sid"] == statement)
    client.remove_permission(FunctionName=name, StatementId=statement)
    yield
    client.add_permission(
        FunctionName=name,
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


if __name__ == "__main__":
    endpoint, region = sys.argv[1:]
    connection = Aws(endpoint, region, "driver")
    for kind, changes in {"mutation": mutations(connection), "trouble": troubles(connection), "variant": variants(connection)}.items():
        for title, change in changes.items():
            with change:
                document = discover(connection)
            print(json.dumps({"kind": kind, "title": title, "deployment": document}, default=str), flush=True)
