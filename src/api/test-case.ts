/** `ARN#CASE`, with which Step Functions Local starts an execution with mocked services. */
import type { Target } from "./arn.ts";
import { findTarget, notInService } from "./arn.ts";
import { ApiError, errors } from "./errors.ts";
import type { ApiContext } from "./operation.ts";

export interface TestTarget extends Target {
  /** Undefined: no service is mocked. */
  readonly testCase: string | undefined;
}

/**
 * Like `findTarget`, but takes a test case after the ARN, too; nothing after the `#` means none, as in
 * Step Functions Local. Throws ValidationException if there is no such test case.
 */
export function findTestTarget(context: ApiContext, arn: string): TestTarget {
  const hash = arn.indexOf("#");
  if (hash < 0) return { ...findTarget(context, arn), testCase: undefined };
  if (context.testCases === undefined) throw withoutMocks(context, arn, hash);
  const target = findTarget(context, arn.slice(0, hash));
  const testCase = arn.slice(hash + 1);
  if (testCase === "") return { ...target, testCase: undefined };
  const { machine, version } = target;
  const problem = context.testCases.choose({
    stateMachineName: machine.name,
    revisionId: version?.revisionId ?? machine.revisionId,
    testCase,
  });
  if (problem !== undefined) throw errors.validation(`stateMachineArn '${arn}': ${problem}`);
  return { ...target, testCase };
}

/** AWS's answer, as no name has a `#`; with a hint if the rest names a state machine. */
function withoutMocks(context: ApiContext, arn: string, hash: number): Error {
  const refusal = notInService(context, arn);
  const isHere = context.catalog.machines.find(arn.slice(0, hash)) !== undefined;
  if (!isHere || !(refusal instanceof ApiError)) return refusal;
  const hint = "what stands after # is a test case; start the server with --mock-config FILE";
  return new ApiError(refusal.name, `${refusal.message} (${hint})`);
}
