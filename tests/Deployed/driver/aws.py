"""The clients of the driver: Amazon's SDK for Python, with an endpoint, a region and keys that are given and not looked for."""

import boto3
from botocore.config import Config

# moto closes each connection, and an endpoint answers at once or not at all: few retries, short waits.
CONFIG = Config(retries={"max_attempts": 3}, connect_timeout=5, read_timeout=60, s3={"addressing_style": "path"})


class Aws:
    def __init__(self, endpoint: str, region: str, access_key_id: str) -> None:
        self.endpoint = endpoint
        self.region = region
        self.session = boto3.Session(aws_access_key_id=access_key_id, aws_secret_access_key="no-secret", region_name=region)

    def client(self, service: str):
        return self.session.client(service, endpoint_url=self.endpoint, config=CONFIG)

    def pages(self, client, operation: str, member: str, **arguments) -> list:
        if not client.can_paginate(operation):
            return getattr(client, operation)(**arguments).get(member, [])
        return [item for page in client.get_paginator(operation).paginate(**arguments) for item in page.get(member, [])]
