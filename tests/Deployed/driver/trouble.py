"""What no hop of the path would ever write, put between the hops: trouble.py ENDPOINT REGION QUEUE_NAME TABLE BUS.

Each piece of it can only fail, and has to end in the place that is there for it.
"""

import json
import sys

from aws import Aws

endpoint, region, queue, table, bus = sys.argv[1:]
aws = Aws(endpoint, region, "DRIVER")

sqs = aws.client("sqs")
url = sqs.get_queue_url(QueueName=queue)["QueueUrl"]
sqs.send_message(QueueUrl=url, MessageBody="no event", MessageGroupId="trouble", MessageDeduplicationId="trouble")

aws.client("dynamodb").put_item(TableName=table, Item={"pk": {"S": "trouble"}, "sk": {"S": "trouble"}, "envelope": {"S": "no event"}})

entry = {"EventBusName": bus, "Source": "datatoevents.insert", "DetailType": "DataInserted", "Detail": json.dumps({"trouble": "no event"})}
failed = aws.client("events").put_events(Entries=[entry])["FailedEntryCount"]
sys.exit(1 if failed else 0)
