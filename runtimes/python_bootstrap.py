"""Runs a Python Lambda function: fetches events from the Lambda Runtime API, calls the handler and
posts what it returns. Configured by Lambda's standard environment variables."""
import decimal
import http.client
import importlib
import json
import logging
import os
import sys
import time
import traceback

API = "/2018-06-01/runtime"
current_request_id = ""


class Context:
    """The second argument of a handler."""

    def __init__(self, headers):
        self._deadline = int(headers["Lambda-Runtime-Deadline-Ms"])
        self.aws_request_id = headers["Lambda-Runtime-Aws-Request-Id"]
        self.invoked_function_arn = headers["Lambda-Runtime-Invoked-Function-Arn"]
        self.function_name = os.environ["AWS_LAMBDA_FUNCTION_NAME"]
        self.function_version = os.environ["AWS_LAMBDA_FUNCTION_VERSION"]
        self.memory_limit_in_mb = os.environ["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"]
        self.log_group_name = os.environ["AWS_LAMBDA_LOG_GROUP_NAME"]
        self.log_stream_name = os.environ["AWS_LAMBDA_LOG_STREAM_NAME"]
        self.identity = None
        client = headers["Lambda-Runtime-Client-Context"]
        self.client_context = json.loads(client) if client else None

    def get_remaining_time_in_millis(self):
        return max(0, self._deadline - int(time.time() * 1000))


class Fault(Exception):
    """A failure with one of the runtime's own error types."""

    def __init__(self, error_type, message, trace=()):
        super().__init__(message)
        self.error_type, self.trace = error_type, list(trace)


def load(text):
    """Imports `folder/module.function`."""
    module_name, dot, function_name = text.rpartition(".")
    if not dot:
        raise Fault("Runtime.MalformedHandlerName", f"Bad handler '{text}': not enough values to unpack (expected 2, got 1)")
    try:
        module = importlib.import_module(module_name.replace("/", "."))
    except ImportError as error:
        raise Fault("Runtime.ImportModuleError", f"Unable to import module '{module_name}': {error}", frames(error))
    except SyntaxError as error:
        raise Fault(
            "Runtime.UserCodeSyntaxError",
            f"Syntax error in module '{module_name}': {error}",
            [f'  File "{error.filename}" Line {error.lineno}\n    {error.text or ""}'],
        )
    function = getattr(module, function_name, None)
    if function is None:
        raise Fault("Runtime.HandlerNotFound", f"Handler '{function_name}' missing on module '{module_name}'")
    return function


def frames(error):
    """Stack lines of an exception, without those of this file and of importlib."""
    own = (__file__, "<frozen importlib", importlib.__file__)
    stack = [f for f in traceback.extract_tb(error.__traceback__) if not f.filename.startswith(own)]
    return traceback.format_list(stack)


def describe(error, request_id):
    """What AWS answers for an exception."""
    if isinstance(error, Fault):
        error_type, trace = error.error_type, error.trace
    else:
        error_type, trace = type(error).__name__, frames(error)
    return {"errorMessage": str(error), "errorType": error_type, "requestId": request_id, "stackTrace": trace}


def plain(value):
    """Values json does not know; Decimal is what boto3 reads from DynamoDB."""
    if isinstance(value, decimal.Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    raise TypeError(f"Object of type {type(value).__name__} is not JSON serializable")


class Api:
    """The Runtime API. Without the server this process has no purpose: it ends."""

    def __init__(self):
        self.connection = http.client.HTTPConnection(os.environ["AWS_LAMBDA_RUNTIME_API"])

    def call(self, method, where, body=None, error_type=None):
        headers = {} if body is None else {"Content-Type": "application/json"}
        if error_type:
            headers["Lambda-Runtime-Function-Error-Type"] = error_type.encode("ascii", "replace").decode()
        try:
            self.connection.request(method, API + where, body, headers)
            response = self.connection.getresponse()
            return response.headers, response.read()
        except (OSError, http.client.HTTPException):
            os._exit(0)


class LogFormatter(logging.Formatter):
    """Lambda's log line: level, time, request id, message, separated by tabs."""

    converter = time.gmtime

    def __init__(self):
        super().__init__("[%(levelname)s]\t%(asctime)s.%(msecs)03dZ\t%(request_id)s\t%(message)s", "%Y-%m-%dT%H:%M:%S")

    def format(self, record):
        record.request_id = current_request_id
        return super().format(record)


def main():
    global current_request_id
    sys.stdout.reconfigure(line_buffering=True)
    log = logging.StreamHandler(sys.stdout)
    log.setFormatter(LogFormatter())
    logging.getLogger().addHandler(log)
    # This file's folder is first in the path; a function must not import from it.
    sys.path[0] = os.environ["LAMBDA_TASK_ROOT"]
    api = Api()
    try:
        handler = load(os.environ["_HANDLER"])
    except Exception as error:
        failure = describe(error, "")
        print(f"{failure['errorType']}: {failure['errorMessage']}", *failure["stackTrace"], sep="\n", file=sys.stderr)
        api.call("POST", "/init/error", json.dumps(failure).encode(), failure["errorType"])
        sys.exit(1)
    while True:
        headers, body = api.call("GET", "/invocation/next")
        request_id = current_request_id = headers["Lambda-Runtime-Aws-Request-Id"]
        os.environ["_X_AMZN_TRACE_ID"] = headers["Lambda-Runtime-Trace-Id"] or ""
        error_type = None
        try:
            result = handler(json.loads(body), Context(headers))
            try:
                answer, kind = json.dumps(result, default=plain, ensure_ascii=False).encode(), "response"
            except (TypeError, ValueError, RecursionError) as error:
                raise Fault("Runtime.MarshalError", f"Unable to marshal response: {error}")
        except Exception as error:
            failure = describe(error, request_id)
            print(f"[ERROR] {failure['errorType']}: {failure['errorMessage']}", *failure["stackTrace"], sep="\n", file=sys.stderr)
            answer, kind, error_type = json.dumps(failure).encode(), "error", failure["errorType"]
        sys.stderr.flush()
        api.call("POST", f"/invocation/{request_id}/{kind}", answer, error_type)


main()
