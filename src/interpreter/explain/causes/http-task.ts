/** HTTP tasks and API Gateway: status codes, addresses, connections. */
import { isObject, memberOf } from "../../../json/kind.ts";
import { cut, type Explanation, type Fact } from "../explanation.ts";
import type { FailureSite } from "../failure-site.ts";
import { shown } from "../shown-value.ts";
import { stateTitle } from "./recognizer.ts";

export function httpStatus(site: FailureSite): Explanation | undefined {
  const status = /^(?:States\.Http\.StatusCode|ApiGateway)\.(\d{3})$/u.exec(site.error)?.[1];
  if (status === undefined) return undefined;
  const phrase = site.cause === "" ? "" : ` (${cut(site.cause, 200)})`;
  return {
    summary: `${stateTitle(site)}: ${targetOf(site)} answered with status ${status}${phrase}.`,
    facts: httpFacts(site),
    fixes: statusFixes(Number(status), site.error),
  };
}

function statusFixes(status: number, error: string): string[] {
  if (status === 401 || status === 403) {
    return ["Check the connection's credentials, and that they may do this call."];
  }
  if (status === 404) return ["Check ApiEndpoint: host, path, and the path's parameters."];
  if (status === 429 || status >= 500) {
    return [
      `It may pass: add a Retry with ErrorEquals ["${error}"], a BackoffRate and JitterStrategy FULL.`,
      "Look into the log of the service behind it.",
    ];
  }
  if (status >= 300 && status < 400)
    return ["Name the address that it redirects to: redirects are not followed."];
  return ["Check Method, Headers, QueryParameters and RequestBody of the task."];
}

/** No answer at all. */
export function httpSocket(site: FailureSite): Explanation | undefined {
  if (site.error !== "States.Http.Socket") return undefined;
  const isTimeout = /timed? ?out|seconds|within/iu.test(site.cause);
  return {
    summary: isTimeout
      ? `${stateTitle(site)}: ${targetOf(site)} did not answer in time: ${cut(site.cause, 300)}`
      : `${stateTitle(site)}: ${targetOf(site)} could not be reached: ${cut(site.cause, 300)}`,
    facts: httpFacts(site),
    fixes: [
      isTimeout
        ? "An HTTP task waits at most 60 s: let the service answer sooner, or take the long work into a task with a callback."
        : "Check the host and port of ApiEndpoint, and that something listens there.",
      'Add a Retry with ErrorEquals ["States.Http.Socket"].',
    ],
  };
}

/** This server does not call that address. */
export function httpRefused(site: FailureSite): Explanation | undefined {
  if (
    site.error !== "States.Http.AccessDenied" &&
    site.error !== "ApiGateway.AccessDeniedException"
  ) {
    return undefined;
  }
  const option = /--allow-http-host \S+/u.exec(site.cause)?.[0];
  return {
    summary: `${stateTitle(site)}: this server does not call ${targetOf(site)}: ${cut(site.cause, 300)}`,
    facts: httpFacts(site),
    fixes:
      option === undefined
        ? ["Use an https URL without a user name, of a public host."]
        : [`Start the server with ${option}.`],
  };
}

/** The connection that holds the credentials of the call. */
export function httpConnection(site: FailureSite): Explanation | undefined {
  const kind = /^Events\.ConnectionResource\.(\w+)$/u.exec(site.error)?.[1];
  if (kind === undefined) return undefined;
  return {
    summary: `${stateTitle(site)}: its connection cannot be used (${kind}): ${cut(site.cause, 300)}`,
    facts: httpFacts(site),
    fixes: [
      kind === "ResourceNotFound"
        ? "Check the ConnectionArn in Authentication, and that a connection of that name is configured."
        : "Check the connection's state, its hosts and its secrets.",
    ],
  };
}

function httpFacts(site: FailureSite): Fact[] {
  const called = site.visit && site.past.taskInput(site.visit);
  const facts: Fact[] = [{ label: "Error to name in Retry and Catch", value: site.error }];
  for (const name of ["Method", "ApiEndpoint", "Path", "RequestBody"]) {
    const value = isObject(called) ? memberOf(called, name) : undefined;
    if (value !== undefined) facts.push({ label: name, value: shown(value, 300) });
  }
  facts.push({ label: "Cause", value: cut(site.cause, 600) });
  return facts;
}

function targetOf({ past, visit }: FailureSite): string {
  const called = visit && past.taskInput(visit);
  const url = isObject(called) ? memberOf(called, "ApiEndpoint") : undefined;
  return typeof url === "string" ? cut(url, 200) : "the service";
}
