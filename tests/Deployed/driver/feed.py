"""Puts records into a delivery stream in their order: feed.py ENDPOINT REGION STREAM < records, each a line of base64.

Ends with an error when one is refused: what was accepted must be known exactly.
"""

import base64
import sys

from aws import Aws

# Firehose's limits of a call, facts.md, section 1.
MOST_RECORDS = 500
MOST_BYTES = 4 * 1024 * 1024


def batches(records):
    batch, size = [], 0
    for record in records:
        if batch and (len(batch) == MOST_RECORDS or size + len(record) > MOST_BYTES):
            yield batch
            batch, size = [], 0
        batch.append({"Data": record})
        size += len(record)
    if batch:
        yield batch


def feed(aws: Aws, stream: str, records) -> int:
    client = aws.client("firehose")
    accepted = 0
    for batch in batches(records):
        answer = client.put_record_batch(DeliveryStreamName=stream, Records=batch)
        if answer["FailedPutCount"] != 0 or not all(entry.get("RecordId") for entry in answer["RequestResponses"]):
            sys.exit(f"{answer['FailedPutCount']} of {len(batch)} records were refused: {answer['RequestResponses'][0]}")
        accepted += len(batch)
    return accepted


if __name__ == "__main__":
    endpoint, region, stream = sys.argv[1:]
    print(feed(Aws(endpoint, region, "DRIVER"), stream, (base64.b64decode(line) for line in sys.stdin)))
