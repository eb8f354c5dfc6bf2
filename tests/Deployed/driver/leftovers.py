"""What is there: leftovers.py ENDPOINT REGION writes how many there are of each kind of thing that Terraform makes here."""

import json
import sys

from aws import Aws
from discover import discover

endpoint, region = sys.argv[1:]
aws = Aws(endpoint, region, "driver")
found = {kind: len(things) for kind, things in discover(aws).items() if isinstance(things, list)}
found["logGroups"] = len(aws.pages(aws.client("logs"), "describe_log_groups", "logGroups"))
found["alarms"] = len(aws.pages(aws.client("cloudwatch"), "describe_alarms", "MetricAlarms"))
found["dashboards"] = len(aws.pages(aws.client("cloudwatch"), "list_dashboards", "DashboardEntries"))
found["topics"] = len(aws.pages(aws.client("sns"), "list_topics", "Topics"))
json.dump(found, sys.stdout)
