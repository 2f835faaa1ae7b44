import { isObject } from "../../json/kind.ts";
import { parseJson } from "../../json/parse.ts";
import type { JsonObject } from "../../json/json.ts";
import { MockRefused } from "../../interpreter/test-state/mocked-work.ts";
import { checkRoleArn } from "../arn.ts";
import { errors } from "../errors.ts";
import { operation } from "../operation.ts";
import { readExecutionInput } from "../start-request.ts";
import { testStateOutput } from "../test-state/inspection-output.ts";
import { testStateMembers } from "../test-state/members.ts";
import { readContext } from "../test-state/read-context.ts";
import { readMock } from "../test-state/read-mock.ts";
import { findStateUnderTest } from "../test-state/state-under-test.ts";

/** Runs one state, its work mocked or not, and shows what becomes of its data. */
export const testState = operation(
  "TestState",
  testStateMembers,
  async (input, { stateTester, limits }, request) => {
    if (input.roleArn !== undefined) checkRoleArn(input.roleArn);
    const { state, definition } = findStateUnderTest(input.definition, input.stateName);
    const mock = await readMock(input, state, stateTester.resultShapes);
    const value = readExecutionInput(input.input, limits.payloadBytes);
    const level = input.inspectionLevel ?? "INFO";
    const tested = stateTester.test({
      definition,
      roleArn: input.roleArn ?? "",
      input: value,
      variables: readVariables(input.variables),
      context: input.context === undefined ? undefined : readContext(input.context, state),
      mock,
      retryCount: input.stateConfiguration?.retrierRetryCount ?? 0,
      trace: level === "TRACE" ? { revealsSecrets: input.revealSecrets === true } : undefined,
      signal: request.signal,
    });
    const result = await tested.catch((error: unknown) => {
      throw error instanceof MockRefused ? errors.validation(error.message) : error;
    });
    return testStateOutput(result, value, level !== "INFO");
  },
);

function readVariables(text = "{}"): JsonObject {
  const parsed = parseJson(text);
  if (parsed.ok && isObject(parsed.value)) return parsed.value;
  const reason = parsed.ok ? "it is another JSON value" : parsed.message;
  throw errors.validation(
    `Invalid variables: they must be a JSON object of names and values, but ${reason}`,
  );
}
