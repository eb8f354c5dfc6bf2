"""Writes service-models.txt from the service models of the botocore that is installed: python3 renew.py

The file lists, for each service, the operations with the name of their input, and the members of each structure that an input holds.
  operation NAME [INPUT] [METHOD URI]           the method and the URI of services that speak REST
  structure NAME MEMBER...                      a member is NAME:TYPE, or NAME!TYPE when it is required, and @PLACE behind it if it is not in the body
                                                or has another name there: uri, header, headers (a prefix), querystring, payload (the whole body), element
  enum NAME VALUE...
A type is [X] for a list, {X} for a map, the name of a structure or enum, or one of string, integer, long, double, float, boolean, blob, timestamp.
"""

from pathlib import Path

import botocore
import botocore.session

SERVICES = ["dynamodb", "dynamodbstreams", "events", "firehose", "lambda", "s3", "sqs", "sts"]


class Service:
    def __init__(self, name: str):
        self.model = botocore.session.get_session().get_service_model(name)
        self.shapes: dict[str, str] = {}

    def lines(self) -> list[str]:
        operations = [self.operation(self.model.operation_model(name)) for name in sorted(self.model.operation_names)]
        return operations + [self.shapes[name] for name in sorted(self.shapes)]

    def operation(self, operation) -> str:
        words = ["operation", operation.name]
        if operation.input_shape:
            words.append(self.type(operation.input_shape))
        if self.model.metadata["protocol"].startswith("rest-"):
            words += [operation.http["method"], operation.http["requestUri"]]
        return " ".join(words)

    def type(self, shape) -> str:
        if shape.type_name == "list":
            return f"[{self.type(shape.member)}]"
        if shape.type_name == "map":
            return f"{{{self.type(shape.value)}}}"
        if shape.type_name == "structure":
            if shape.name not in self.shapes:
                self.shapes[shape.name] = ""  # A structure may hold itself.
                self.shapes[shape.name] = " ".join(["structure", shape.name, *(self.member(shape, *named) for named in shape.members.items())])
            return shape.name
        if getattr(shape, "enum", None):
            self.shapes[shape.name] = " ".join(["enum", shape.name, *(value for value in shape.enum if " " not in value)])
            return shape.name
        return shape.type_name

    def member(self, owner, name: str, shape) -> str:
        text = f"{name}{'!' if name in owner.required_members else ':'}{self.type(shape)}"
        location = shape.serialization.get("location")
        if owner.serialization.get("payload") == name:
            text += "@payload"
        elif location or shape.serialization.get("name", name) != name:
            text += f"@{location or 'element'}={shape.serialization.get('name', name)}"
        return text


if __name__ == "__main__":
    lines = [f"# Written by renew.py from botocore {botocore.__version__}. Do not edit."]
    for name in SERVICES:
        service = Service(name)
        lines += [f"service {name} {service.model.metadata['protocol']}", *service.lines()]
    Path(__file__).with_name("service-models.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
