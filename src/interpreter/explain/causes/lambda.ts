/** Lambda functions: not found, failed, out of time or memory. */
import type { Json } from "../../../json/json.ts";
import { isObject, memberOf } from "../../../json/kind.ts";
import { cut, type Explanation, type Fact } from "../explanation.ts";
import { jsonCause, type FailureSite } from "../failure-site.ts";
import { shown } from "../shown-value.ts";
import { stateTitle } from "./recognizer.ts";

/** A function that is neither local nor to be reached. */
export function functionNotFound(site: FailureSite): Explanation | undefined {
  if (!isLambda(site) || !/^Lambda\.ResourceNotFoundException$/u.test(site.error)) return undefined;
  const name = functionName(site);
  const local = /There is no local function '[^']*' \(([^)]*)\), and ([^.]*)\./u.exec(site.cause);
  const known = /local functions: ([\s\S]*)$/u.exec(local?.[1] ?? "")?.[1];
  const facts: Fact[] = [
    { label: "Function", value: name },
    ...(known === undefined ? [] : [{ label: "Local functions", value: known }]),
    ...(local?.[2] === undefined ? [] : [{ label: "No call to AWS because", value: local[2] }]),
  ];
  return {
    summary:
      local === null
        ? `${stateTitle(site)}: the Lambda function '${name}' does not exist where it was called.`
        : `${stateTitle(site)}: the Lambda function '${name}' is not among the local functions, and there is no endpoint or account to call instead.`,
    facts,
    fixes: [
      "Check the name in the function's ARN; account and region do not matter for local functions.",
      `Put a folder '${name}' into the one given with --functions, or name it in stepwell.yaml.`,
      "Or set AWS_ENDPOINT_URL_LAMBDA, or AWS credentials, to call it elsewhere.",
    ],
  };
}

/** The function took longer than its own time-out. */
export function functionTimeout(site: FailureSite): Explanation | undefined {
  const told = jsonCause(site.cause);
  const message = textOf(told, "errorMessage") ?? site.cause;
  const seconds = /Task timed out after ([\d.]+) seconds/u.exec(message)?.[1];
  if (!isLambda(site) || seconds === undefined) return undefined;
  return {
    summary: `${stateTitle(site)}: the Lambda function '${functionName(site)}' did not end within its own time-out of ${Number(seconds)} s.`,
    facts: functionFacts(site),
    fixes: [
      "Raise the function's time-out (timeout in stepwell.yaml, or the function's configuration at AWS).",
      "Look into its log for what it waits for: a service that cannot be reached is the commonest.",
      `Retry matches it by the name ${site.error}, by States.TaskFailed or States.ALL.`,
    ],
  };
}

/** The function threw, or its process ended. */
export function functionError(site: FailureSite): Explanation | undefined {
  if (!isLambda(site)) return undefined;
  const told = jsonCause(site.cause);
  if (told === undefined || !("errorMessage" in told || "errorType" in told)) return undefined;
  const type = textOf(told, "errorType") ?? site.error;
  const message = textOf(told, "errorMessage") ?? "";
  const line = firstLine(told, message);
  const shownMessage = message === "" ? "" : `: ${cut(message, 300)}`;
  return {
    summary: `${stateTitle(site)}: the Lambda function '${functionName(site)}' failed with ${type}${shownMessage}${line === undefined ? "" : ` (${line})`}`,
    facts: [
      { label: "Error", value: site.error },
      { label: "Message", value: message },
      ...(line === undefined ? [] : [{ label: "Where", value: line }]),
      ...functionFacts(site),
    ],
    fixes: [startupFix(type) ?? `Correct the function, or handle ${type} with Retry or Catch.`],
  };
}

function startupFix(type: string): string | undefined {
  if (/ImportModuleError|HandlerNotFound|UserCodeSyntaxError|MalformedHandlerName/u.test(type)) {
    return "The function's code could not be loaded: check handler (file.export), the file's name and its imports.";
  }
  if (/ExitError|ExitCode|InvalidEntrypoint/u.test(type)) {
    return "The function's process ended by itself: look into its log for the reason.";
  }
  return undefined;
}

/** Errors of Lambda itself. */
export function lambdaService(site: FailureSite): Explanation | undefined {
  if (!isLambda(site) || !site.error.startsWith("Lambda.")) return undefined;
  const [message = site.cause] = site.cause.split(" (Service: ");
  const isBusy = site.error === "Lambda.TooManyRequestsException";
  const isPassing =
    isBusy ||
    /Lambda\.(?:ServiceException|AWSLambdaException|SdkClientException)/u.test(site.error);
  if (site.error === "Lambda.Unknown") {
    return {
      summary: `${stateTitle(site)}: the Lambda function '${functionName(site)}' failed without saying why.`,
      facts: [{ label: "It answered", value: cut(site.cause, 500) }, ...functionFacts(site)],
      fixes: [
        "Look into the function's log; often it ran out of memory or its process was killed.",
      ],
    };
  }
  return {
    summary: `${stateTitle(site)}: Lambda refused the call of '${functionName(site)}' with ${site.error}: ${cut(message, 300)}`,
    facts: [{ label: "Cause", value: cut(site.cause, 500) }, ...functionFacts(site)],
    fixes: isPassing
      ? [
          `It may pass: add a Retry with ErrorEquals ["${site.error}"], a BackoffRate and JitterStrategy FULL.`,
        ]
      : ["Correct the call or the function's configuration as the message says."],
  };
}

function functionFacts(site: FailureSite): Fact[] {
  const called = site.visit && site.past.taskInput(site.visit);
  return [
    { label: "Function", value: functionName(site) },
    { label: "Called with", value: shown(called, 400) },
  ];
}

export function isLambda({ state }: FailureSite): boolean {
  if (state?.type !== "Task") return false;
  const { resource } = state;
  return (
    resource.type === "Lambda" || (resource.type === "Service" && resource.service === "lambda")
  );
}

/** The name out of the ARN or of `FunctionName`. */
function functionName({ state, past, visit }: FailureSite): string {
  const resource = state?.type === "Task" ? state.resource : undefined;
  const called = visit && past.taskInput(visit);
  const given = isObject(called) ? memberOf(called, "FunctionName") : undefined;
  const arn = resource?.type === "Lambda" ? resource.arn : typeof given === "string" ? given : "";
  return /:function:([^:]+)/u.exec(arn)?.[1] ?? arn;
}

function textOf(
  object: { readonly [key: string]: Json } | undefined,
  key: string,
): string | undefined {
  const value = object?.[key];
  return typeof value === "string" ? value : undefined;
}

/** The line of the stack that is nearest to the fault: Node's `trace`, Python's `stackTrace`. */
function firstLine(told: { readonly [key: string]: Json }, message: string): string | undefined {
  const trace = told["trace"];
  if (Array.isArray(trace)) {
    const line = trace.find((one) => typeof one === "string" && /^\s*at /u.test(one));
    return typeof line === "string" ? cut(line.trim(), 200) : undefined;
  }
  const stack = told["stackTrace"];
  const last = Array.isArray(stack) ? stack.findLast((one) => typeof one === "string") : undefined;
  const text = typeof last === "string" ? last.trim().replaceAll(/\s*\n\s*/gu, ": ") : undefined;
  return text === undefined || text === "" || text === message ? undefined : cut(text, 200);
}
