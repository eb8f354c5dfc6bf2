"""Asks the consumer's HTTP API, signed: ask_api.py URL REGION < paths writes a line of JSON for each: path, status, body in base64."""

import base64
import json
import sys
import urllib.error
import urllib.request

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials


def ask(url: str, region: str, path: str) -> dict:
    signed = AWSRequest(method="GET", url=url + path)
    SigV4Auth(Credentials("DRIVER", "no-secret"), "execute-api", region).add_auth(signed)
    try:
        with urllib.request.urlopen(urllib.request.Request(signed.url, headers=dict(signed.headers))) as response:
            status, body = response.status, response.read()
    except urllib.error.HTTPError as refused:
        status, body = refused.code, refused.read()
    return {"path": path, "status": status, "body": base64.b64encode(body).decode()}


if __name__ == "__main__":
    url, region = sys.argv[1:]
    for line in sys.stdin:
        print(json.dumps(ask(url, region, line.rstrip("\n"))))
