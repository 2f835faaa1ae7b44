/** Executions that a task started: refused, or ended without success. */
import { isObject, memberOf } from "../../../json/kind.ts";
import { cut, type Explanation, type Fact } from "../explanation.ts";
import { jsonCause, type FailureSite } from "../failure-site.ts";
import { nearest } from "../../../asl/spelling.ts";
import { shown } from "../shown-value.ts";
import { stateTitle } from "./recognizer.ts";

export function nestedFailed(site: FailureSite): Explanation | undefined {
  const told = jsonCause(site.cause);
  const arn = told?.["ExecutionArn"];
  const status = told?.["Status"];
  if (told === undefined || typeof arn !== "string" || typeof status !== "string") return undefined;
  const error = told["Error"];
  const cause = told["Cause"];
  const name = arn.split(":").pop() ?? arn;
  const machine = /:execution:([^:]+):/u.exec(arn)?.[1] ?? "";
  const how =
    { FAILED: "failed", TIMED_OUT: "timed out", ABORTED: "was stopped" }[status] ?? status;
  const why = typeof error === "string" ? ` with ${cut(error, 120)}` : "";
  const more = typeof cause === "string" ? `: ${cut(cause, 300)}` : "";
  return {
    summary: `${stateTitle(site)}: the execution '${name}' of '${machine}' that it started ${how}${why}${more}`,
    facts: [
      { label: "Execution", value: arn },
      { label: "Status", value: status },
      ...(typeof error === "string" ? [{ label: "Its error", value: error }] : []),
      ...(typeof cause === "string" ? [{ label: "Its cause", value: cut(cause, 1_000) }] : []),
      { label: "Its input", value: shown(told["Input"], 400) },
    ],
    fixes: [
      `Explain that execution: ${arn}. The reason is there.`,
      `In Retry and Catch of this state every such failure is called ${site.error}.`,
    ],
  };
}

/** StartExecution itself was refused. */
export function nestedRefused(site: FailureSite): Explanation | undefined {
  const kind = /^(?:StepFunctions|Sfn)\.(\w+?)(?:Exception)?$/u.exec(site.error)?.[1];
  const { state } = site;
  if (kind === undefined || state?.type !== "Task") return undefined;
  const called = site.visit && site.past.taskInput(site.visit);
  const arn = isObject(called) ? memberOf(called, "StateMachineArn") : undefined;
  const machine = typeof arn === "string" ? arn : "the state machine";
  const [message = site.cause] = site.cause.split(" (Service: ");
  const facts: Fact[] = [
    { label: "Error to name in Retry and Catch", value: site.error },
    { label: "Called with", value: shown(called, 400) },
  ];
  const { summary, fixes } = refusal(kind, machine, message, site);
  return { summary: `${stateTitle(site)}: ${summary}`, facts, fixes };
}

function refusal(
  kind: string,
  machine: string,
  message: string,
  { past }: FailureSite,
): { readonly summary: string; readonly fixes: readonly string[] } {
  switch (kind) {
    case "StateMachineDoesNotExist": {
      const own = past.execution.info.stateMachineName;
      const near = nearest(machine.split(":").pop() ?? "", [own]);
      return {
        summary: `there is no state machine ${machine}.`,
        fixes: [
          ...(near === undefined ? [] : [`Its own state machine is called '${near}'.`]),
          "Check the StateMachineArn, and that the state machine was created on this server.",
        ],
      };
    }
    case "StateMachineTypeNotSupported":
      return {
        summary: `an EXPRESS state machine cannot be run with this integration (${machine}). EXPRESS executions last at most 5 minutes and tell nobody how they ended.`,
        fixes: [
          "Call it with arn:aws:states:::aws-sdk:sfn:startSyncExecution, which waits for the end of an EXPRESS execution.",
          "Or create it as a STANDARD state machine, for work that is long or must not be lost.",
        ],
      };
    case "ExecutionAlreadyExists":
      return {
        summary: "an execution of that Name exists already.",
        fixes: [
          "Leave Name out, or make it unique, e.g. with $$.Execution.Name and the state's name.",
        ],
      };
    case "ExecutionLimitExceeded":
      return {
        summary: "as many executions run as are allowed.",
        fixes: ["Retry it later (Retry with BackoffRate), or raise the limit of open executions."],
      };
    default:
      return {
        summary: `StartExecution was refused with ${kind}: ${cut(message, 300)}`,
        fixes: ["Correct the Parameters or Arguments of the state as the message says."],
      };
  }
}
