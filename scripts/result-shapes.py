#!/usr/bin/env python3
"""Writes src/tasks/result-shapes/service-facts.ts from the API models that botocore brings.

    pip install botocore && python3 scripts/result-shapes.py && npx oxfmt src/tasks/result-shapes

The notation is explained in src/tasks/result-shapes/parse-shapes.ts.
"""
import pathlib

from botocore.loaders import Loader
from botocore.model import ServiceModel

# SDK client package without `client-` and hyphens: botocore's name, operations.
OPERATIONS = {
    "athena": ("athena", "StartQueryExecution GetQueryExecution GetQueryResults"),
    "batch": ("batch", "SubmitJob"),
    "codebuild": ("codebuild", "StartBuild BatchGetBuilds"),
    "dynamodb": (
        "dynamodb",
        "GetItem PutItem UpdateItem DeleteItem Query Scan BatchGetItem BatchWriteItem "
        "TransactGetItems TransactWriteItems",
    ),
    "ecs": ("ecs", "RunTask DescribeTasks"),
    "eventbridge": ("events", "PutEvents"),
    "glue": ("glue", "StartJobRun GetJobRun"),
    "kms": ("kms", "Encrypt Decrypt GenerateDataKey GenerateDataKeyWithoutPlaintext Sign Verify"),
    "lambda": ("lambda", "Invoke GetFunction GetFunctionConfiguration"),
    "s3": ("s3", "GetObject PutObject HeadObject CopyObject DeleteObject ListObjectsV2"),
    "secretsmanager": ("secretsmanager", "GetSecretValue PutSecretValue"),
    "sfn": ("stepfunctions", "StartExecution StartSyncExecution DescribeExecution StopExecution"),
    "sns": ("sns", "Publish PublishBatch"),
    "sqs": ("sqs", "SendMessage SendMessageBatch ReceiveMessage"),
    "ssm": ("ssm", "GetParameter GetParameters GetParametersByPath PutParameter"),
}

# Where Step Functions was recorded to check another range than the model has.
RANGES = {"MemorySize": (128, 10240)}

HEAD = """/**
 * What AWS's public API models say about results that are often mocked: members, which of them are
 * required, types, ranges and allowed values. One text per service, under the name of its SDK client
 * package without `client-` and hyphens; `parse-shapes.ts` reads it. Made by
 * `scripts/result-shapes.py`; for what is not here see `sdk-shapes.ts`.
 */
export const SERVICE_FACTS: Readonly<Record<string, string>> = {
"""


def bounds(shape):
    low, high = RANGES.get(shape.name, (shape.metadata.get("min"), shape.metadata.get("max")))
    if not low and high is None:
        return ""
    text = lambda bound: "" if bound is None else f"{bound:g}" if bound < 1e6 else str(int(bound))
    return f"({text(low)}..{text(high)})"


class Structures:
    def __init__(self):
        self.lines = {}

    def type_of(self, shape):
        kind = shape.type_name
        if kind == "structure":
            if getattr(shape, "is_document_type", False):
                return "any"
            self.add(shape)
            return shape.name
        if kind == "list":
            return f"[{self.type_of(shape.member)}]"
        if kind == "map":
            return f"<{self.type_of(shape.value)}>"
        if kind == "string" and shape.enum:
            return "string{" + "|".join(shape.enum) + "}"
        if kind == "timestamp":
            return "string"
        if kind in ("string", "blob"):
            return "string" + bounds(shape)
        if kind in ("integer", "long", "float", "double"):
            return "number" + bounds(shape)
        return {"boolean": "boolean", "document": "any"}[kind]

    def add(self, shape):
        if shape.name in self.lines:
            return
        self.lines[shape.name] = ""
        members = [
            f"{name[0].upper()}{name[1:]}{'!' if name in shape.required_members else ''}: {self.type_of(member)}"
            for name, member in shape.members.items()
        ]
        self.lines[shape.name] = f"{shape.name} {{ {', '.join(members)} }}"


def facts(botocore_name, operations):
    model = ServiceModel(Loader().load_service_model(botocore_name, "service-2"))
    structures = Structures()
    results = []
    for operation in operations.split():
        output = model.operation_model(operation).output_shape
        structures.add(output)
        results.append(f"{operation} = {output.name}")
    return "\n".join(results + list(structures.lines.values()))


def main():
    root = pathlib.Path(__file__).resolve().parent.parent
    texts = [f"  {name}: `\n{facts(*rest)}\n`,\n" for name, rest in OPERATIONS.items()]
    path = root / "src/tasks/result-shapes/service-facts.ts"
    path.write_text(HEAD + "".join(texts) + "};\n")


main()
