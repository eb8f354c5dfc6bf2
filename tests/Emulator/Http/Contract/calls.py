"""The same calls to whoever answers: calls.py CALLS ENDPOINT NAME writes a line of JSON for each call and its answer.

Called by botocore, which knows nothing of this project. What differs from run to run (ids, times, handles) is replaced by what it is.
"""

import json
import sys

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

VOLATILE = {
    "MessageId", "SequenceNumber", "ReceiptHandle", "EventId", "RecordId", "LastModified", "CreationDateTime", "CreateTimestamp", "LastUpdateTimestamp",
    "SentTimestamp", "ApproximateFirstReceiveTimestamp", "SenderId", "QueueUrl", "QueueUrls", "ContinuationToken", "NextContinuationToken",
    "EventBusArn", "EventSourceArn", "Arn", "ArchiveArn", "CreationTime", "ResourceArn",
}  # fmt: skip


def stable(value, keep):
    """The members that all answerers have to agree on; of what changes, only that it is there."""
    if isinstance(value, dict):
        members = {name: member for name, member in value.items() if name != "ResponseMetadata" and (keep is None or name in keep or keep == "*")}
        return {name: "..." if name in VOLATILE else stable(member, "*") for name, member in sorted(members.items())}
    if isinstance(value, list):
        return [stable(item, "*") for item in value]
    if hasattr(value, "read"):
        value = value.read()
    return repr(value) if isinstance(value, bytes) else value


class Caller:
    def __init__(self, client) -> None:
        self.client = client

    def __call__(self, operation: str, keep=None, **arguments):
        """keep: the members to compare; None is all of them."""
        try:
            answer = getattr(self.client, operation)(**arguments)
            told = stable(answer, set(keep) if keep else None)
        except ClientError as refused:
            answer, error = None, refused.response["Error"]
            told = {"error": error["Code"], **stable({name: refused.response[name] for name in ("Item", "CancellationReasons") if name in refused.response}, None)}
        print(json.dumps({"call": operation, "with": stable(arguments, None), "answer": told}, sort_keys=True, default=str))
        return answer


def dynamodb(call: Caller, table: str) -> None:
    def item(sk: str, **more) -> dict:
        return {"pk": {"S": "p"}, "sk": {"S": sk}, **more}

    for number in range(5):
        call("put_item", TableName=table, Item=item(f"a-{number}", n={"N": str(number)}))
    call("put_item", TableName=table, Item=item("b", text={"S": "José 😀"}, list={"L": [{"NULL": True}, {"BOOL": False}]}, map={"M": {"x": {"B": b"\x00\xff"}}}))
    absent = {"ConditionExpression": "attribute_not_exists(pk)"}
    call("put_item", TableName=table, Item=item("b"), **absent)
    call("put_item", TableName=table, Item=item("b"), ReturnValuesOnConditionCheckFailure="ALL_OLD", **absent)
    call("put_item", TableName=table, Item=item("c"), **absent)
    call("put_item", TableName=table, Item={"pk": {"S": "p"}})
    call("put_item", TableName=table, Item=item("big", text={"S": "x" * 409_600}))
    call("put_item", TableName="no-such-table", Item=item("a"))
    call("get_item", TableName=table, Key=item("b"), ConsistentRead=True)
    call("get_item", TableName=table, Key=item("none"))
    names = {"#n": "n"}
    call(
        "update_item", TableName=table, Key=item("a-1"), UpdateExpression="SET #n = if_not_exists(#n, :zero) + :one, extra = :text",
        ExpressionAttributeNames=names, ExpressionAttributeValues={":zero": {"N": "0"}, ":one": {"N": "1"}, ":text": {"S": "t"}}, ReturnValues="ALL_NEW",
    )  # fmt: skip
    call(
        "update_item", TableName=table, Key=item("a-1"), UpdateExpression="SET #n = :one", ConditionExpression="#n > :nine",
        ExpressionAttributeNames=names, ExpressionAttributeValues={":one": {"N": "1"}, ":nine": {"N": "9"}},
    )  # fmt: skip
    queries(call, table)
    batches(call, table, item)
    transactions(call, table, item)
    documents(call, table, item)
    scans(call, table)
    for _ in range(2):
        call("delete_item", keep=["Attributes"], TableName=table, Key=item("c"), ReturnValues="ALL_OLD")
    call("scan", keep=["Count", "ScannedCount"], TableName=table)


def queries(call: Caller, table: str) -> None:
    def query(condition: str, values: dict, **more) -> dict | None:
        values = {":p": {"S": "p"}, **{name: {"S": value} for name, value in values.items()}}
        return call("query", TableName=table, KeyConditionExpression=f"pk = :p {condition}", ExpressionAttributeValues=values, **more)

    query("AND begins_with(sk, :a)", {":a": "a-"})
    query("AND sk BETWEEN :a AND :b", {":a": "a-1", ":b": "a-3"}, ScanIndexForward=False)
    page = query("AND sk > :a", {":a": "a-0"}, Limit=2)
    query("AND sk > :a", {":a": "a-0"}, Limit=2, ExclusiveStartKey=page["LastEvaluatedKey"])
    query("AND sk = :a", {":a": "none"})
    query("AND", {})


def batches(call: Caller, table: str, item) -> None:
    def insert(*keys: str) -> None:
        statement = f"INSERT INTO \"{table}\" VALUE {{'pk': ?, 'sk': ?}}"
        call("batch_execute_statement", keep=["Responses"], Statements=[{"Statement": statement, "Parameters": [{"S": "p"}, {"S": key}]} for key in keys])

    insert("s-1", "s-2")
    insert("s-2", "s-3")
    insert(*(f"t-{number}" for number in range(26)))
    call("batch_get_item", keep=["UnprocessedKeys"], RequestItems={table: {"Keys": [item("s-1"), item("none")]}})
    call("batch_get_item", RequestItems={table: {"Keys": [item("s-1"), item("s-1")]}})


def transactions(call: Caller, table: str, item) -> None:
    def put(key: str) -> dict:
        return {"Put": {"TableName": table, "Item": item(key), "ConditionExpression": "attribute_not_exists(pk)"}}

    add = {"Update": {"TableName": table, "Key": item("count"), "UpdateExpression": "ADD hits :one", "ExpressionAttributeValues": {":one": {"N": "1"}}}}
    call("transact_write_items", TransactItems=[put("x-1"), add])
    call("transact_write_items", TransactItems=[put("x-2"), put("x-1"), add])
    call("get_item", TableName=table, Key=item("count"))
    call("get_item", TableName=table, Key=item("x-2"))


def documents(call: Caller, table: str, item) -> None:
    """Expressions that reach into documents and sets, and the values that DynamoDB stores."""

    def update(expression: str, returned: str = "ALL_NEW", **values) -> None:
        named = {f":{name}": value for name, value in values.items()}
        more = {"ExpressionAttributeValues": named} if named else {}
        call("update_item", TableName=table, Key=item("doc"), UpdateExpression=expression, ReturnValues=returned, **more)

    def read(**more) -> None:
        call("get_item", TableName=table, Key=item("doc"), **more)

    numbers = {"n": {"N": "1.50E2"}, "small": {"N": "0.00010"}, "list": {"L": [{"N": "7"}]}}
    call("put_item", TableName=table, Item=item("doc", m={"M": {"x": {"N": "1"}, "y": {"L": [{"S": "q"}, {"S": "r"}]}}}, tags={"SS": ["a", "b"]}, **numbers))
    read()
    read(ProjectionExpression="m.x, m.y[1], list[0]")
    read(ProjectionExpression="m, m.x")
    read(ProjectionExpression="status")
    read(ExpressionAttributeNames={"#unused": "x"})
    update("SET m.x = m.x + :one, m.y[5] = :s REMOVE list[0]", one={"N": "1"}, s={"S": "end"})
    update("ADD tags :set, n :one DELETE none :set", one={"N": "1"}, set={"SS": ["c"]})
    update("DELETE tags :set", set={"SS": ["a", "b", "c"]})
    update("SET list = list_append(if_not_exists(list, :empty), :empty)", empty={"L": []})
    for wrong in ("SET none.x = :one", "SET m.x = :one, m = :one", "SET pk = :one", "SET sk = :one SET n = :one", "ADD m :one", "SET n = n * :one", "SET n = other + :one"):
        update(wrong, "NONE", one={"N": "1"})
    for value in ({"SS": []}, {"NS": ["1", "1.0"]}, {"N": "1" * 39}, {"N": "1E126"}, {"N": "one"}, {"NULL": False}):
        call("put_item", TableName=table, Item=item("wrong", value=value))
    call("put_item", TableName=table, Item=item("doc"), ReturnValues="ALL_NEW")
    call("transact_get_items", TransactItems=[{"Get": {"TableName": table, "Key": item(key), "ProjectionExpression": "n"}} for key in ("doc", "none")])
    call("transact_get_items", TransactItems=[{"Get": {"TableName": table, "Key": item("doc")}}] * 2)
    call("delete_item", TableName=table, Key=item("doc"))


def scans(call: Caller, table: str) -> None:
    def put(*keys: str) -> list:
        return [{"PutRequest": {"Item": {"pk": {"S": f"scan-{key}"}, "sk": {"S": "1"}, "kind": {"S": "scanned"}, "n": {"N": key}}}} for key in keys]

    def scan(**more) -> int:
        values = {":kind": {"S": "scanned"}, ":two": {"N": "2"}}
        answer = call("scan", keep=["Count"], TableName=table, FilterExpression="kind = :kind AND n > :two", ExpressionAttributeValues=values, **more)
        return answer["Count"] if answer else -1

    call("batch_write_item", RequestItems={table: put("1", "2", "3", "4", "5")})
    call("batch_write_item", RequestItems={table: put("1", "1")})
    call("batch_write_item", RequestItems={table: put(*(str(number) for number in range(26)))})
    scan()
    scan(Select="COUNT")
    client = call.client
    values = {":kind": {"S": "scanned"}}
    segments = [client.scan(TableName=table, FilterExpression="kind = :kind", ExpressionAttributeValues=values, Segment=number, TotalSegments=4)["Count"] for number in range(4)]
    print(json.dumps({"all segments": sum(segments)}))
    for wrong in ({"Segment": 1}, {"TotalSegments": 2}, {"Segment": 2, "TotalSegments": 2}, {"IndexName": "none"}, {"Select": "SPECIFIC_ATTRIBUTES"}, {"ExclusiveStartKey": {"pk": {"S": "x"}}}):
        scan(**wrong)
    call("scan", TableName=table, FilterExpression="kind")
    call("scan", TableName=table, ExpressionAttributeValues=values)
    call("query", TableName=table, KeyConditionExpression="pk = :kind", FilterExpression="sk = :kind", ExpressionAttributeValues=values)
    call("describe_limits")
    for key in range(1, 6):
        client.delete_item(TableName=table, Key={"pk": {"S": f"scan-{key}"}, "sk": {"S": "1"}})


def s3(call: Caller, bucket: str) -> None:
    for key in ("a/1", "a/2", "a/b/3", "José 😀 &<>\"'.txt", "z"):
        call("put_object", keep=["ETag"], Bucket=bucket, Key=key, Body=key.encode())
    call("put_object", keep=["ETag"], Bucket=bucket, Key="binary", Body=bytes(range(256)))
    call("put_object", Bucket=bucket, Key="binary", Body=b"other", IfNoneMatch="*")
    call("get_object", keep=["Body", "ContentLength", "ETag"], Bucket=bucket, Key="binary")
    call("get_object_attributes", keep=["ETag", "ObjectSize"], Bucket=bucket, Key="binary", ObjectAttributes=["ETag", "ObjectSize"])
    call("get_object_attributes", Bucket=bucket, Key="none", ObjectAttributes=["ETag"])
    call("get_object", Bucket=bucket, Key="none")
    call("get_object", Bucket="no-such-bucket", Key="none")
    call("head_object", keep=["ContentLength", "ETag"], Bucket=bucket, Key="a/1")
    call("head_object", Bucket=bucket, Key="none")
    call("head_bucket", keep=["none"], Bucket=bucket)
    call("head_bucket", Bucket="no-such-bucket")
    listed = ["Contents", "CommonPrefixes", "KeyCount", "IsTruncated", "Prefix", "Name"]
    page = call("list_objects_v2", keep=["KeyCount", "IsTruncated"], Bucket=bucket, MaxKeys=2)
    call("list_objects_v2", keep=["KeyCount", "IsTruncated"], Bucket=bucket, MaxKeys=2, ContinuationToken=page["NextContinuationToken"])
    call("list_objects_v2", keep=["KeyCount", "CommonPrefixes", "IsTruncated"], Bucket=bucket, Delimiter="/")
    for prefix in ("a/", "none/"):
        answer = call("list_objects_v2", keep=[name for name in listed if name != "Contents"], Bucket=bucket, Prefix=prefix)
        # The endpoint leaves entity tags out of a listing: it would have to read every object for them.
        print(json.dumps([(found["Key"], found["Size"]) for found in answer.get("Contents", [])]))
    call("delete_object", keep=["none"], Bucket=bucket, Key="z")
    call("delete_object", keep=["none"], Bucket=bucket, Key="z")
    call("get_object", Bucket=bucket, Key="z")


def events(call: Caller, bus: str) -> None:
    def put(**entry) -> None:
        whole = {"EventBusName": bus, "Source": "s", "DetailType": "t", "Detail": '{"x":1}', **entry}
        call("put_events", Entries=[{name: value for name, value in whole.items() if value is not None}])

    put()
    put(Detail='{"name":"José 😀"}', Resources=["arn:aws:dynamodb:eu-north-1:123456789012:table/t"], Time=1_700_000_000)
    call("describe_event_bus", keep=["Name"], Name=bus)
    call("describe_event_bus", Name="no-such-bus")


def archives(call: Caller, bus: str) -> None:
    """Buses and archives that clients make, on the bus that is there and on one of their own. Replays are compared by what is refused and by their names."""
    client, pattern = call.client, '{"source":["shop"]}'
    call("create_event_bus", keep=["none"], Name="own")
    call("create_event_bus", Name="own")
    for name in (bus, "own"):
        archived(call, name, client.describe_event_bus(Name=name)["Arn"], pattern)
    # The size is not compared: that of moto is Python's.
    print(json.dumps([(archive["ArchiveName"], archive["EventCount"]) for archive in client.list_archives()["Archives"]]))
    arns = [client.describe_event_bus(Name=name)["Arn"] for name in (bus, "own")]
    replay = {"ReplayName": "again", "EventSourceArn": client.describe_archive(ArchiveName="kept-own")["ArchiveArn"], "EventStartTime": 1, "EventEndTime": 2}
    call("start_replay", **replay, Destination={"Arn": arns[0]})
    call("start_replay", **{**replay, "EventStartTime": 3}, Destination={"Arn": arns[1]})
    call("start_replay", **{**replay, "EventSourceArn": replay["EventSourceArn"] + "-none"}, Destination={"Arn": arns[1]})
    call("start_replay", keep=["State"], **replay, Destination={"Arn": arns[1]})
    call("start_replay", **replay, Destination={"Arn": arns[1]})
    call("describe_replay", keep=["ReplayName", "EventSourceArn", "EventStartTime", "EventEndTime"], ReplayName="again")
    call("describe_replay", ReplayName="none")
    call("cancel_replay", ReplayName="none")
    call("list_replays", NamePrefix="none")
    call("list_replays", NamePrefix="again", State="COMPLETED")
    for name in (bus, "own"):
        call("delete_archive", ArchiveName=f"kept-{name}")
        call("delete_archive", ArchiveName=f"kept-{name}")
        call("describe_archive", ArchiveName=f"kept-{name}")
    call("delete_event_bus", Name="own")
    call("describe_event_bus", Name="own")


def archived(call: Caller, bus: str, arn: str, pattern: str) -> None:
    name = f"kept-{bus}"
    call("create_archive", keep=["State"], ArchiveName=name, EventSourceArn=arn, Description="mine", EventPattern=pattern, RetentionDays=1)
    call("create_archive", ArchiveName=name, EventSourceArn=arn)
    call("create_archive", ArchiveName="other", EventSourceArn=arn + "-none")
    call("create_archive", ArchiveName="a" * 49, EventSourceArn=arn)
    call("list_archives", NamePrefix=name)
    call("list_archives", EventSourceArn=arn)
    call("list_archives", NamePrefix=name, State="ENABLED")
    call("update_archive", keep=["State"], ArchiveName=name, RetentionDays=2)
    call("update_archive", ArchiveName="none", RetentionDays=2)
    call("describe_archive", keep=["ArchiveName", "Description", "RetentionDays", "State", "EventCount", "SizeBytes"], ArchiveName=name)
    rules = call.client.list_rules(EventBusName=bus, NamePrefix="Events-Archive-")["Rules"]
    print(json.dumps([(rule["Name"], rule["ManagedBy"], rule["State"], json.loads(rule["EventPattern"])) for rule in rules], sort_keys=True))
    targets = call.client.list_targets_by_rule(Rule=f"Events-Archive-{name}", EventBusName=bus)["Targets"]
    print(json.dumps([(target["Id"], target["Arn"]) for target in targets]))
    entry = {"EventBusName": bus, "DetailType": "t", "Detail": "{}"}
    call.client.put_events(Entries=[{**entry, "Source": "shop"}, {**entry, "Source": "other"}, {**entry, "Source": "shop"}])
    call("describe_archive", keep=["EventCount"], ArchiveName=name)


def tables(call: Caller, table: str) -> None:
    """A table that a client makes, with its indexes, time to live and tags."""
    client = call.client

    def attributes(*names: str) -> list:
        return [{"AttributeName": name, "AttributeType": "S"} for name in names]

    def keys(partition: str, *sort: str) -> list:
        return [{"AttributeName": partition, "KeyType": "HASH"}, *({"AttributeName": name, "KeyType": "RANGE"} for name in sort)]

    def index(name: str, partition: str, projection: str = "ALL") -> dict:
        return {"IndexName": name, "KeySchema": keys(partition), "Projection": {"ProjectionType": projection}}

    def described(has_names: bool = True) -> None:
        told = client.describe_table(TableName=table)["Table"]
        indexes = [{name: one[name] for name in ("IndexName", "KeySchema", "Projection", "IndexStatus")} for one in told.get("GlobalSecondaryIndexes", [])]
        names = sorted(attribute["AttributeName"] for attribute in told["AttributeDefinitions"]) if has_names else []
        print(json.dumps([{name: told[name] for name in ("TableName", "KeySchema", "TableStatus", "ItemCount")}, names, indexes], sort_keys=True))

    made = {"TableName": table, "KeySchema": keys("id"), "AttributeDefinitions": attributes("id", "kind"), "GlobalSecondaryIndexes": [index("by-kind", "kind", "KEYS_ONLY")]}
    call("create_table", keep=["none"], BillingMode="PAY_PER_REQUEST", **made)
    call("create_table", BillingMode="PAY_PER_REQUEST", **made)
    call("create_table", TableName="other", KeySchema=keys("none"), AttributeDefinitions=attributes("id"), BillingMode="PAY_PER_REQUEST")
    described()
    for key in ("1", "2", "3"):
        client.put_item(TableName=table, Item={"id": {"S": key}, "colour": {"S": "same"}, **({"kind": {"S": "odd"}} if key != "2" else {})})
    values = {":kind": {"S": "odd"}}
    call("query", keep=["Count"], TableName=table, IndexName="by-kind", KeyConditionExpression="kind = :kind", ExpressionAttributeValues=values)
    call("scan", keep=["Count"], TableName=table, IndexName="by-kind")
    create = [{"Create": index("by-colour", "colour")}]
    call("update_table", keep=["none"], TableName=table, AttributeDefinitions=attributes("id", "kind", "colour"), GlobalSecondaryIndexUpdates=create)
    described()
    call("query", keep=["Count"], TableName=table, IndexName="by-colour", KeyConditionExpression="colour = :kind", ExpressionAttributeValues={":kind": {"S": "same"}})
    call("update_table", keep=["none"], TableName=table, GlobalSecondaryIndexUpdates=[{"Delete": {"IndexName": "by-kind"}}])
    # moto keeps the definition of an attribute that no key has any more.
    described(has_names=False)
    call("describe_time_to_live", TableName=table)
    call("update_time_to_live", TableName=table, TimeToLiveSpecification={"Enabled": True, "AttributeName": "ttl"})
    call("describe_time_to_live", TableName=table)
    arn = client.describe_table(TableName=table)["Table"]["TableArn"]
    call("list_tags_of_resource", ResourceArn=arn)
    call("tag_resource", ResourceArn=arn, Tags=[{"Key": "a", "Value": "1"}, {"Key": "b", "Value": "2"}])
    call("untag_resource", ResourceArn=arn, TagKeys=["a"])
    call("list_tags_of_resource", ResourceArn=arn)
    call("delete_table", keep=["none"], TableName=table)
    call("delete_table", TableName=table)
    call("describe_table", TableName=table)


def firehose(call: Caller, stream: str) -> None:
    call("put_record", keep=["RecordId"], DeliveryStreamName=stream, Record={"Data": b"one"})
    call("put_record_batch", keep=["FailedPutCount", "RequestResponses"], DeliveryStreamName=stream, Records=[{"Data": b"one"}, {"Data": b"\x00\xff"}])
    call("put_record", DeliveryStreamName="no-such-stream", Record={"Data": b"one"})
    call("describe_delivery_stream", DeliveryStreamName="no-such-stream")
    call("list_delivery_streams")
    answer = call("describe_delivery_stream", keep=["none"], DeliveryStreamName=stream)["DeliveryStreamDescription"]
    print(json.dumps({name: answer[name] for name in ("DeliveryStreamName", "DeliveryStreamStatus", "DeliveryStreamType", "HasMoreDestinations")}))


def sqs(call: Caller, queue: str) -> None:
    url = call("get_queue_url", QueueName=queue)["QueueUrl"]
    call("get_queue_url", QueueName="no-such-queue.fifo")
    call("send_message", keep=["MessageId", "MD5OfMessageBody", "SequenceNumber"], QueueUrl=url, MessageBody="José \"😀\"", MessageGroupId="g", MessageDeduplicationId="1")
    call("send_message", QueueUrl=url, MessageBody="no group", MessageDeduplicationId="2")
    received = call("receive_message", QueueUrl=url, AttributeNames=["MessageGroupId", "MessageDeduplicationId", "ApproximateReceiveCount"])
    call("receive_message", QueueUrl=url)
    handle = received["Messages"][0]["ReceiptHandle"]
    call("delete_message", QueueUrl=url, ReceiptHandle=handle)
    entries = [{"Id": str(number), "MessageBody": f"body {number}", "MessageGroupId": f"g{number}", "MessageDeduplicationId": f"b{number}"} for number in range(3)]
    call("send_message_batch", keep=["Successful", "Failed"], QueueUrl=url, Entries=entries)
    call("send_message_batch", QueueUrl=url, Entries=[entries[0], entries[0]])
    call("send_message_batch", QueueUrl=url, Entries=[{**entries[0], "Id": str(number)} for number in range(11)])
    call("get_queue_attributes", QueueUrl=url, AttributeNames=["ApproximateNumberOfMessages", "FifoQueue"])
    call("purge_queue", QueueUrl=url)


if __name__ == "__main__":
    service, endpoint, name = sys.argv[1:]
    config = Config(retries={"max_attempts": 1}, s3={"addressing_style": "path"})
    keys = {"aws_access_key_id": "contract", "aws_secret_access_key": "no-secret", "region_name": "us-east-1"}
    calls = {"dynamodb": dynamodb, "tables": tables, "s3": s3, "events": events, "archives": archives, "firehose": firehose, "sqs": sqs}[service]
    client = {"tables": "dynamodb", "archives": "events"}.get(service, service)
    calls(Caller(boto3.client(client, endpoint_url=endpoint, config=config, **keys)), name)
