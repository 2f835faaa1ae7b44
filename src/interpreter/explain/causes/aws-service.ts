/** Calls of AWS services: refused, not sent, or of a service that this server cannot call. */
import type { State } from "../../../asl/definition.ts";
import { cut, type Explanation, type Fact } from "../explanation.ts";
import type { FailureSite } from "../failure-site.ts";
import { shown } from "../shown-value.ts";
import { stateTitle } from "./recognizer.ts";

const FACTS =
  /^([\s\S]*?) \(Service: ([^;,]+)[;,] Status Code: (\d{1,3})(?:[;,] Error Code: ([^;,]+))?[;,]/u;
const PERMISSION =
  /AccessDenied|NotAuthorized|Unauthorized|UnrecognizedClient|InvalidClientTokenId|SignatureDoesNotMatch|ExpiredToken|Forbidden/iu;
const BUSY =
  /Throttl|TooManyRequests|RequestLimitExceeded|SlowDown|ProvisionedThroughputExceeded|LimitExceeded/iu;
const MISSING = /NotFound|DoesNotExist|NoSuch|NonExistent|does not exist/iu;

/** The service answered with an error. */
export function serviceError(site: FailureSite): Explanation | undefined {
  const told = FACTS.exec(site.cause);
  if (told === null || site.state?.type !== "Task") return undefined;
  const [, message = "", service = "", status = "", code = ""] = told;
  const name = code === "" ? (site.error.split(".").pop() ?? site.error) : code;
  return {
    summary: `${stateTitle(site)}: ${service} refused ${actionOf(site.state)} with ${name} (HTTP ${status}): ${cut(message, 400)}`,
    facts: [
      { label: "Error to name in Retry and Catch", value: site.error },
      { label: "Service", value: service },
      { label: "Code", value: name },
      { label: "Status", value: status },
      { label: "Message", value: cut(message, 1_000) },
      calledWith(site),
    ],
    fixes: serviceFixes(`${site.error} ${name} ${message}`, Number(status), site.error),
  };
}

function serviceFixes(text: string, status: number, error: string): string[] {
  if (PERMISSION.test(text) || status === 403) {
    return [
      "Check the permissions and credentials of the call: the server's own, or those of the role in Credentials.",
      "Check the region and the account in the ARNs of the call.",
    ];
  }
  if (MISSING.test(text) || status === 404) {
    return [
      "Check the name or ARN in the call, its region and account, and that it exists where AWS_ENDPOINT_URL points.",
    ];
  }
  if (BUSY.test(text) || status === 429 || status >= 500) {
    return [
      `It may pass: add a Retry with ErrorEquals ["${error}"], a BackoffRate and JitterStrategy FULL.`,
    ];
  }
  return ["Correct the Parameters or Arguments of the call as the message says."];
}

/** No answer: no credentials, no endpoint, no network. */
export function serviceUnreachable(site: FailureSite): Explanation | undefined {
  const { state, error, cause } = site;
  const isClient = error.endsWith(".SdkClientException");
  const isNetwork =
    /ECONNREFUSED|ENOTFOUND|ETIMEDOUT|ECONNRESET|EAI_AGAIN|Unable to execute HTTP request/u.test(
      cause,
    );
  if (state?.type !== "Task" || !(isClient || (isNetwork && !error.startsWith("States.Http")))) {
    return undefined;
  }
  const noCredentials = /Unable to load credentials|nor AWS credentials/u.test(cause);
  const service = state.resource.type === "Service" ? state.resource.service : "the service";
  return {
    summary: noCredentials
      ? `${stateTitle(site)}: ${service} was not called, because there are neither AWS credentials nor an endpoint for it.`
      : `${stateTitle(site)}: ${service} could not be reached: ${cut(cause, 300)}`,
    facts: [
      { label: "Error to name in Retry and Catch", value: error },
      { label: "Cause", value: cut(cause, 800) },
      calledWith(site),
    ],
    fixes: noCredentials
      ? [
          "Set AWS_ENDPOINT_URL (or that of the service) to a work-alike, or give the server AWS credentials (AWS_PROFILE, AWS_ACCESS_KEY_ID), and start it anew.",
        ]
      : [
          "Check that the endpoint (AWS_ENDPOINT_URL…) is right and that something listens there.",
          `Add a Retry with ErrorEquals ["${error}"] if the connection is not reliable.`,
        ],
  };
}

/** The client of the service is not installed, or nobody knows the service. */
export function serviceUnavailable(site: FailureSite): Explanation | undefined {
  const install = /^The client of the service '([^']+)' is not installed\. Run `([^`]+)`/u.exec(
    site.reason,
  );
  if (install !== null) {
    return {
      summary: `${stateTitle(site)}: the SDK client of '${install[1]}' is not installed on this server.`,
      facts: [{ label: "Cause", value: cut(site.reason, 500) }],
      fixes: [`Run ${install[2]} where Stepwell was started, and start the execution again.`],
    };
  }
  const unknown =
    /^The service integration '([^']+)' is not available in this server\.(?: Available: ([\s\S]*)\.)?$/u.exec(
      site.reason,
    );
  if (unknown === null) return undefined;
  const resource = unknown[1] ?? "";
  const sdk = /^arn:[^:]+:states:::(\w[\w-]*):(\w+)$/u.exec(resource);
  return {
    summary: `${stateTitle(site)}: this server has no integration '${resource}'.`,
    facts: unknown[2] === undefined ? [] : [{ label: "Available", value: cut(unknown[2], 800) }],
    fixes: [
      "Check the spelling of the Resource: service, action and pattern (.sync, .waitForTaskToken).",
      ...(sdk === null || sdk[1] === "aws-sdk"
        ? []
        : [`Try the SDK integration: arn:aws:states:::aws-sdk:${sdk[1]}:${sdk[2]}.`]),
    ],
  };
}

/** The task's parameters cannot be sent at all; nothing retries or catches that. */
export function unusableParameters(site: FailureSite): Explanation | undefined {
  const found =
    /^The Parameters '[\s\S]*' could not be used to start the Task: \[([\s\S]*)\]$/u.exec(
      site.reason,
    );
  if (found === null) return undefined;
  const called = site.visit && site.past.taskInput(site.visit);
  return {
    summary: `${stateTitle(site)}: its parameters do not fit the call: ${cut(found[1] ?? "", 400)}`,
    facts: [{ label: "Called with", value: shown(called, 600) }],
    fixes: [
      "Correct the names and types of the members: integrations take PascalCase names, as in the service's API.",
    ],
  };
}

/** The role in Credentials, or the permission of something else. */
export function permission(site: FailureSite): Explanation | undefined {
  const isMissing =
    site.error === "States.Permissions" ||
    /is not authorized to (?:perform|assume)|cannot be assumed/iu.test(site.cause);
  if (!isMissing || site.state?.type !== "Task") return undefined;
  return {
    summary: `${stateTitle(site)}: a permission is missing: ${cut(site.cause, 400)}`,
    facts: [{ label: "Cause", value: cut(site.cause, 800) }, calledWith(site)],
    fixes: [
      "Check the role: its trust policy must let the server assume it, its policies must allow the call.",
      "Check the ARN of the role in Credentials.",
    ],
  };
}

function calledWith({ past, visit }: FailureSite): Fact {
  return { label: "Called with", value: shown(visit && past.taskInput(visit), 400) };
}

function actionOf(state: State): string {
  const resource = state.type === "Task" ? state.resource : undefined;
  return resource?.type === "Service" ? resource.action : "the call";
}
