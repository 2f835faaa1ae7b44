/** What no other explanation knows: the error and the cause, and where they are from. */
import { cut, type Explanation } from "../explanation.ts";
import type { FailureSite } from "../failure-site.ts";
import { shown } from "../shown-value.ts";
import { stateTitle } from "./recognizer.ts";

/** A worker, a callback or a service said that the task failed. */
export function taskFailed(site: FailureSite): Explanation | undefined {
  const { state, visit, past } = site;
  if (state?.type !== "Task" || visit?.failures.length === 0 || visit === undefined)
    return undefined;
  const { resource } = state;
  const isCallback = resource.type === "Service" && resource.pattern === "WaitForTaskToken";
  const who =
    resource.type === "Activity" || isCallback
      ? "SendTaskFailure said"
      : resource.type === "Service"
        ? `${resource.service}:${resource.action} failed with`
        : "the Lambda function failed with";
  const name = site.error === "" ? "no error name" : cut(site.error, 120);
  return {
    summary: `${stateTitle(site)}: ${who} ${name}${site.reason === "" ? "" : `: ${cut(site.reason, 400)}`}`,
    facts: [
      { label: "Error to name in Retry and Catch", value: site.error },
      { label: "Cause", value: cut(site.cause, 1_000) },
      { label: "Resource", value: resource.arn },
      { label: "Called with", value: shown(past.taskInput(visit), 400) },
    ],
    fixes: [`Correct what made the task fail, or handle ${name} with Retry or Catch.`],
  };
}

export function anyFailure(site: FailureSite): Explanation {
  const name = site.error === "" ? "no error name" : cut(site.error, 120);
  const why = site.reason === "" ? "" : `: ${cut(site.reason, 400)}`;
  return {
    summary: `${stateTitle(site)} failed with ${name}${why}`,
    facts: [
      { label: "Error", value: site.error },
      { label: "Cause", value: cut(site.cause, 1_000) },
      { label: "Input of the state", value: shown(site.input, 600) },
    ],
    fixes: ["Look at the events around the failure, and at the input of the state."],
  };
}
