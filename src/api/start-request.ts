/** What StartExecution and StartSyncExecution have in common. */
import type { StartRequest } from "../engine/execution-service.ts";
import { parseSource } from "../json/parse.ts";
import { exceedsBytes } from "../json/size.ts";
import { errors } from "./errors.ts";
import { arn, MAX_TRACE_HEADER, name, payload, traceHeader } from "./model.ts";
import { checkName } from "./name.ts";
import type { ApiContext, RequestInfo } from "./operation.ts";
import { optional, required } from "./shapes.ts";
import type { InputOf } from "./shapes.ts";
import { findTestTarget } from "./test-case.ts";

export const startMembers = {
  stateMachineArn: required(arn),
  name: optional(name),
  input: optional(payload),
  traceHeader: optional(traceHeader),
};

/**
 * Throws InvalidName, InvalidArn, StateMachineDoesNotExist, StateMachineDeleting,
 * InvalidExecutionInput; ValidationException for a test case that does not exist.
 */
export function readStartRequest(
  input: InputOf<typeof startMembers>,
  context: ApiContext,
  request: RequestInfo,
): StartRequest {
  if (input.name !== undefined) checkName(input.name);
  const { machine, version, alias, testCase } = findTestTarget(context, input.stateMachineArn);
  return {
    machine,
    revisionId: version?.revisionId ?? machine.revisionId,
    name: input.name,
    input: readExecutionInput(input.input, context.limits.payloadBytes),
    traceHeader: usable(request.traceHeader) ?? input.traceHeader,
    versionArn: version?.arn,
    aliasArn: alias?.arn,
    startedBy: request.startedBy,
    testCase,
  };
}

/** Absent: `{}`. Throws InvalidExecutionInput. */
export function readExecutionInput(text = "{}", maxBytes: number): StartRequest["input"] {
  if (exceedsBytes(text, maxBytes)) {
    throw errors.invalidExecutionInput(`Input is longer than ${maxBytes} bytes.`);
  }
  if (text.trim() === "") throw errors.invalidExecutionInput("Invalid execution input.");
  const parsed = parseSource(text);
  if (!parsed.ok) throw errors.invalidExecutionInput(parsed.message);
  return parsed.value;
}

/** The header, unless it is longer than the member may be. */
function usable(header: string | undefined): string | undefined {
  return header !== undefined && header.length <= MAX_TRACE_HEADER ? header : undefined;
}
