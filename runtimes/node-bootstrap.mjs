// Runs a Node.js Lambda function: fetches events from the Lambda Runtime API, calls the handler and
// posts what it returns. Configured by Lambda's standard environment variables.
import { existsSync } from "node:fs";
import http from "node:http";
import path from "node:path";
import { pathToFileURL } from "node:url";

const environment = process.env;
const [host, port] = (environment.AWS_LAMBDA_RUNTIME_API ?? "").split(":");
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });

let requestId;
let whenIdle;

process.on("beforeExit", () => {
  const callback = whenIdle;
  whenIdle = undefined;
  callback?.();
});
process.on("uncaughtException", (error) => {
  void die(describe(error), 129);
});
process.on("unhandledRejection", (reason) => {
  const { errorMessage, errorType, trace } = describe(reason);
  const failure = {
    errorType: "Runtime.UnhandledPromiseRejection",
    errorMessage: `${errorType}: ${errorMessage}`,
    trace,
  };
  void die(failure, 128);
});

void main();

async function main() {
  let handler;
  try {
    handler = await load(environment.LAMBDA_TASK_ROOT ?? process.cwd(), environment._HANDLER ?? "");
  } catch (error) {
    await die(describe(error), 1);
    return;
  }
  for (;;) {
    const event = await call("GET", "/invocation/next");
    requestId = event.headers["lambda-runtime-aws-request-id"];
    environment._X_AMZN_TRACE_ID = event.headers["lambda-runtime-trace-id"] ?? "";
    let answer;
    try {
      const result = await invoke(handler, JSON.parse(event.body), contextOf(event.headers));
      answer = { kind: "response", body: serialise(result) };
    } catch (error) {
      const failure = describe(error);
      console.error(error);
      answer = { kind: "error", body: JSON.stringify(failure), type: failure.errorType };
    }
    whenIdle = undefined;
    const id = requestId;
    requestId = undefined;
    await call("POST", `/invocation/${id}/${answer.kind}`, answer.body, answer.type);
  }
}

/** Calls the handler in whichever style it is written: async, callback or context.succeed. */
function invoke(handler, event, context) {
  return new Promise((resolve, reject) => {
    const callback = (error, result) => {
      const finish = () => {
        if (error === undefined || error === null) resolve(result);
        else reject(error);
      };
      if (context.callbackWaitsForEmptyEventLoop) whenIdle = finish;
      else setImmediate(finish);
    };
    context.done = callback;
    context.succeed = (result) => callback(null, result);
    context.fail = (error) => callback(error ?? new Error("handled"));
    // As on AWS: an event loop that runs empty before there is an answer means null.
    whenIdle = () => resolve(null);
    const returned = handler(event, context, callback);
    if (typeof returned?.then === "function") returned.then(resolve, reject);
  });
}

function contextOf(headers) {
  const deadline = Number(headers["lambda-runtime-deadline-ms"]);
  const client = headers["lambda-runtime-client-context"];
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName: environment.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: environment.AWS_LAMBDA_FUNCTION_VERSION,
    memoryLimitInMB: environment.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: environment.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: environment.AWS_LAMBDA_LOG_STREAM_NAME,
    invokedFunctionArn: headers["lambda-runtime-invoked-function-arn"],
    awsRequestId: headers["lambda-runtime-aws-request-id"],
    clientContext: client === undefined ? undefined : JSON.parse(client),
    identity: undefined,
    getRemainingTimeInMillis: () => deadline - Date.now(),
  };
}

function serialise(result) {
  try {
    return JSON.stringify(result === undefined ? null : result) ?? "null";
  } catch {
    throw new Error("Unable to stringify response body");
  }
}

/** Finds `folder/file.export.member` below the root and imports it, ESM or CommonJS. */
async function load(root, text) {
  const parts = /^([^.]+)\.(.+)$/.exec(path.basename(text));
  if (parts === null) throw fault("Runtime.MalformedHandlerName", `Bad handler '${text}'`);
  const [, name, member] = parts;
  const base = path.resolve(root, path.dirname(text), name);
  const file = ["", ".js", ".mjs", ".cjs"].map((end) => base + end).find(isModule);
  if (file === undefined) {
    const message = `Error: Cannot find module '${name}' in ${path.dirname(base)}`;
    throw fault("Runtime.ImportModuleError", message);
  }
  let namespace;
  try {
    namespace = await import(pathToFileURL(file).href);
  } catch (error) {
    if (error instanceof SyntaxError) {
      throw fault("Runtime.UserCodeSyntaxError", `SyntaxError: ${error.message}`, error);
    }
    if (error?.code === "MODULE_NOT_FOUND" || error?.code === "ERR_MODULE_NOT_FOUND") {
      throw fault("Runtime.ImportModuleError", `Error: ${error.message}`, error);
    }
    throw error;
  }
  const handler = memberOf(namespace, member) ?? memberOf(namespace.default, member);
  if (handler === undefined || handler === null) {
    throw fault("Runtime.HandlerNotFound", `${text} is undefined or not exported`);
  }
  if (typeof handler !== "function") {
    throw fault("Runtime.HandlerNotFound", `${text} is not a function`);
  }
  return handler;
}

function isModule(file) {
  return path.extname(file) !== "" && existsSync(file);
}

function memberOf(value, names) {
  return names.split(".").reduce((nested, name) => nested?.[name], value);
}

function fault(name, message, cause) {
  const error = new Error(message);
  error.name = name;
  if (cause?.stack !== undefined) error.stack = cause.stack;
  return error;
}

function describe(error) {
  if (!(error instanceof Error) && typeof error?.stack !== "string") {
    return { errorType: typeof error, errorMessage: String(error), trace: [] };
  }
  return {
    errorType: String(error.name),
    errorMessage: String(error.message),
    trace: String(error.stack).split("\n"),
  };
}

/** Reports a failure that ends this process: of the running invocation, or of the start. */
async function die(failure, status) {
  console.error(failure.trace.join("\n") || failure.errorMessage);
  const where = requestId === undefined ? "/init/error" : `/invocation/${requestId}/error`;
  await call("POST", where, JSON.stringify(failure), failure.errorType);
  process.exit(status);
}

/** Without the server this process has no purpose: it ends. */
function call(method, where, body, errorType) {
  return new Promise((resolve) => {
    const headers = {};
    if (body !== undefined) {
      headers["Content-Type"] = "application/json";
      headers["Content-Length"] = Buffer.byteLength(body);
    }
    if (errorType !== undefined) {
      headers["Lambda-Runtime-Function-Error-Type"] = errorType.replace(/[^\x20-\x7e]/g, "?");
    }
    const options = { host, port, method, path: `/2018-06-01/runtime${where}`, headers, agent };
    const request = http.request(options, (response) => {
      const chunks = [];
      response.on("data", (chunk) => chunks.push(chunk));
      response.on("end", () => {
        resolve({ headers: response.headers, body: Buffer.concat(chunks).toString() });
      });
      response.on("error", () => process.exit(0));
    });
    request.on("error", () => process.exit(0));
    request.end(body);
  });
}
