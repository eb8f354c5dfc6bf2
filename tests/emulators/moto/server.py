"""Starts moto's server: python3 server.py PORT. Listens on 127.0.0.1 and writes one line to standard output once it does.

moto 5 forgets or misspells a few things that Terraform sets and reads back. Each patch says which; nothing else differs from moto.
Exits 69 with a line that says what to install where moto is missing.
"""

import json
import os
import sys
import threading

MISSING = "moto: install Python 3 with: pip install 'moto[server]' boto3"


def keep_queue_attributes() -> None:
    """RedriveAllowPolicy is unknown to moto; RedrivePolicy comes back with spaces; setting one attribute drops the queue's policy."""
    from moto.sqs.models import Queue

    moto_attributes = Queue.attributes.fget
    moto_set = Queue._set_attributes
    Queue.BASE_ATTRIBUTES = [*Queue.BASE_ATTRIBUTES, "RedriveAllowPolicy"]
    Queue.redrive_allow_policy = None

    def attributes(queue: Queue) -> dict:
        result = moto_attributes(queue)
        if result.get("RedrivePolicy"):
            result["RedrivePolicy"] = json.dumps(queue.redrive_policy, separators=(",", ":"))
        if not result.get("RedriveAllowPolicy"):
            result.pop("RedriveAllowPolicy", None)
        return result

    # Terraform sets a queue's policies in parallel.
    one_at_a_time = threading.Lock()

    def set_attributes(queue: Queue, given: dict, now: float | None = None) -> None:
        with one_at_a_time:
            moto_set(queue, {"Policy": getattr(queue, "policy", None), **given}, now)

    Queue.attributes = property(attributes)
    Queue._set_attributes = set_attributes


def keep_function_settings() -> None:
    """Of a function's settings moto stores neither its logging, nor its dead-letter queue, nor its key."""
    from moto.awslambda.models import LambdaFunction

    forgotten = ("LoggingConfig", "DeadLetterConfig", "KMSKeyArn")
    moto_init = LambdaFunction.__init__
    moto_update = LambdaFunction.update_configuration
    moto_get = LambdaFunction.get_configuration

    def keep(function: LambdaFunction, given: dict) -> None:
        function.kept = {**getattr(function, "kept", {}), **{name: given[name] for name in forgotten if name in given}}

    def init(function: LambdaFunction, account_id: str, spec: dict, *arguments, **options) -> None:
        moto_init(function, account_id, spec, *arguments, **options)
        keep(function, spec)

    def update_configuration(function: LambdaFunction, updates: dict) -> dict:
        keep(function, updates)
        return moto_update(function, updates)

    def get_configuration(function: LambdaFunction, on_create: bool = False) -> dict:
        return {**moto_get(function, on_create), **{name: value for name, value in function.kept.items() if value}}

    LambdaFunction.__init__ = init
    LambdaFunction.update_configuration = update_configuration
    LambdaFunction.get_configuration = get_configuration


def keep_aliases_of_mappings() -> None:
    """A mapping that names an alias shows the version that the alias had then."""
    from moto.awslambda.models import EventSourceMapping, LambdaBackend

    moto_init = EventSourceMapping.__init__
    moto_update = LambdaBackend.update_event_source_mapping

    def init(mapping: EventSourceMapping, spec: dict) -> None:
        moto_init(mapping, spec)
        keep(mapping, spec)

    def update(backend: LambdaBackend, uuid: str, spec: dict) -> EventSourceMapping | None:
        mapping = moto_update(backend, uuid, spec)
        if mapping:
            keep(mapping, spec)
        return mapping

    def keep(mapping: EventSourceMapping, spec: dict) -> None:
        if spec.get("FunctionName", "").startswith("arn:"):
            mapping.function_arn = spec["FunctionName"]

    EventSourceMapping.__init__ = init
    LambdaBackend.update_event_source_mapping = update


def keep_policies_apart() -> None:
    """All versions and aliases of a function share one policy; with Lambda each has its own."""
    from moto.awslambda.exceptions import UnknownPolicyException
    from moto.awslambda.models import LambdaBackend

    moto_get = LambdaBackend.get_policy

    def get_policy(backend: LambdaBackend, function_name: str, qualifier: str | None = None) -> str:
        answer = json.loads(moto_get(backend, function_name, qualifier))
        policy = json.loads(answer["Policy"])
        # arn:aws:lambda:REGION:ACCOUNT:function:NAME, and behind it the version or alias.
        policy["Statement"] = [statement for statement in policy["Statement"] if (statement["Resource"].split(":")[7:] or [None])[0] == qualifier]
        if not policy["Statement"]:
            raise UnknownPolicyException()
        return json.dumps({**answer, "Policy": json.dumps(policy)})

    LambdaBackend.get_policy = get_policy


def keep_bucket_metrics() -> None:
    """A bucket's metrics are unknown to moto, which takes their deletion for that of the bucket."""
    from moto.s3.responses import S3Response

    configurations: dict[tuple[str, str], bytes] = {}
    moto_respond = S3Response._bucket_response

    def respond(response: S3Response, request, full_url: str):
        query = response._get_querystring(request, full_url)
        if "metrics" not in query:
            return moto_respond(response, request, full_url)
        key = (response.parse_bucket_name_from_url(request, full_url), query["id"][0])
        if request.method == "PUT":
            configurations[key] = response.body
            return 200, {}, ""
        if key not in configurations:
            return 404, {}, "<Error><Code>NoSuchConfiguration</Code><Message>There is no such configuration.</Message></Error>"
        if request.method == "DELETE":
            del configurations[key]
            return 204, {}, ""
        return 200, {}, configurations[key]

    S3Response._bucket_response = respond


def keep_replication() -> None:
    """Of a bucket's replication moto keeps neither the filter nor whether encrypted objects are copied."""
    from moto.s3.responses import S3Response

    configurations: dict[str, bytes] = {}
    moto_respond = S3Response._bucket_response

    def respond(response: S3Response, request, full_url: str):
        answer = moto_respond(response, request, full_url)
        if "replication" not in response._get_querystring(request, full_url):
            return answer
        bucket = response.parse_bucket_name_from_url(request, full_url)
        if request.method == "PUT":
            configurations[bucket] = response.body
        return (200, {}, configurations[bucket]) if request.method == "GET" else answer

    S3Response._bucket_response = respond


def keep_table_bounds() -> None:
    """A table's most units on demand are unknown to moto."""
    from moto.dynamodb.models.table import Table
    from moto.dynamodb.responses import DynamoHandler

    moto_describe = Table.describe

    def describe(table: Table, base_key: str = "TableDescription") -> dict:
        result = moto_describe(table, base_key)
        if bounds := getattr(table, "kept_bounds", None):
            result[base_key]["OnDemandThroughput"] = bounds
        return result

    def keeping(moto_operation):
        def operation(handler: DynamoHandler):
            answer = moto_operation(handler)
            if bounds := handler.body.get("OnDemandThroughput"):
                handler.dynamodb_backend.get_table(handler.body["TableName"]).kept_bounds = bounds
            return answer

        return operation

    Table.describe = describe
    DynamoHandler.create_table = keeping(DynamoHandler.create_table)
    DynamoHandler.update_table = keeping(DynamoHandler.update_table)


def delete_named_queries() -> None:
    """Moto makes and lists Athena's named queries, and cannot delete them."""
    from moto.athena.responses import AthenaResponse

    def delete_named_query(response: AthenaResponse) -> str:
        response.athena_backend.named_queries.pop(response._get_param("NamedQueryId"), None)
        return "{}"

    AthenaResponse.delete_named_query = delete_named_query


def main(port: int) -> None:
    # Terraform attaches policies that AWS manages, such as those of Lambda's basic execution.
    os.environ.setdefault("MOTO_IAM_LOAD_MANAGED_POLICIES", "true")
    try:
        from moto.server import DomainDispatcherApplication, create_backend_app
        from werkzeug.serving import make_server
    except ImportError as missing:
        sys.stderr.write(f"{MISSING} ({missing})\n")
        sys.exit(69)

    keep_queue_attributes()
    keep_function_settings()
    keep_aliases_of_mappings()
    keep_policies_apart()
    keep_bucket_metrics()
    keep_replication()
    keep_table_bounds()
    delete_named_queries()
    os.environ["MOTO_PORT"] = str(port)
    server = make_server("127.0.0.1", port, DomainDispatcherApplication(create_backend_app), threaded=True)
    print(f"moto listens on http://127.0.0.1:{server.server_port}", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    if len(sys.argv) != 2 or not sys.argv[1].isdigit():
        sys.stderr.write("usage: python3 server.py PORT\n")
        sys.exit(2)
    main(int(sys.argv[1]))
