"""Sends the requests that the AWS CLI sends (botocore carries out its calls), all of a table in one process.

Standard input: {"endpoint": URL, "rows": [{"id", "client", "operation", "parameters", "isReference"}]}.
Members of `parameters` begin with a capital, as Step Functions writes them; with `isReference` they are
in botocore's own words. Every request has the header x-row with the row's id. Standard output:
{"failures": [[id, message]], "commands": {id: {"operation", "parameters"}}}, the commands as the CLI wants
them.
"""
import copy
import json
import sys

import botocore.session
from botocore import xform_name
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from botocore.parsers import ResponseParserError


def own_words(value, shape):
    """Members of structures as the service's model names them; keys of maps stay."""
    if shape is None or value is None:
        return value
    if shape.type_name == "structure" and not getattr(shape, "is_document_type", False):
        result = {}
        for name, member in value.items():
            candidates = (name, name[:1].lower() + name[1:])
            known = next((c for c in candidates if c in shape.members), None)
            if known is None:
                raise ValueError(f"{shape.name} has no member {name}; give the row a `reference`")
            result[known] = own_words(member, shape.members[known])
        return result
    if shape.type_name == "list":
        return [own_words(item, shape.member) for item in value]
    if shape.type_name == "map":
        return {key: own_words(item, shape.value) for key, item in value.items()}
    return value


def main():
    task = json.load(sys.stdin)
    session = botocore.session.Session()
    session.set_credentials("test", "test")
    config = Config(retries={"total_max_attempts": 1}, s3={"addressing_style": "path"})
    clients = {}
    failures = []
    commands = {}
    for row in task["rows"]:
        name = row["client"]
        if name not in clients:
            clients[name] = session.create_client(
                name, region_name="us-east-1", endpoint_url=task["endpoint"], config=config
            )
        client = clients[name]
        model = client.meta.service_model

        def mark(request, row_id=row["id"], **_):
            request.headers["x-row"] = row_id

        client.meta.events.register("before-sign", mark, unique_id="row")
        try:
            operation = next(
                (o for o in model.operation_names if o.lower() == row["operation"].lower()), None
            )
            if operation is None:
                raise ValueError(f"{name} has no operation {row['operation']}")
            parameters = row["parameters"]
            if not row["isReference"]:
                parameters = own_words(parameters, model.operation_model(operation).input_shape)
            commands[row["id"]] = {
                "operation": xform_name(operation, "-"),
                "parameters": copy.deepcopy(parameters),
            }
            client._make_api_call(operation, parameters)
        except (ClientError, ResponseParserError):
            pass  # The request is out; the answer is the other side's business.
        except (BotoCoreError, ValueError, KeyError) as error:
            failures.append([row["id"], f"{type(error).__name__}: {error}"])
        finally:
            client.meta.events.unregister("before-sign", unique_id="row")
    json.dump({"failures": failures, "commands": commands}, sys.stdout)


main()
