/** TestState's answer. */
import type { InspectedNumber } from "../../interpreter/probe.ts";
import type { StateTestResult } from "../../engine/test-state/state-tester.ts";
import type { Json } from "../../json/json.ts";
import { JsonNumber } from "../../json/number.ts";
import { stringify } from "../../json/stringify.ts";
import type { Output } from "../operation.ts";

/** Members without a value are left out. `inspects`: not for the level INFO. */
export function testStateOutput(result: StateTestResult, input: Json, inspects: boolean): Output {
  const { status, output, error, cause, nextState } = result;
  return {
    status,
    ...given("output", output === undefined ? undefined : stringify(output)),
    ...given("error", error),
    ...given("cause", cause),
    ...given("nextState", nextState),
    ...(inspects ? { inspectionData: inspectionData(result, input) } : {}),
  };
}

function inspectionData(result: StateTestResult, input: Json): Output {
  const { stages, numbers, variables, request, response } = result;
  const texts = [...stages].map(([stage, value]) => [stage, stringify(value)]);
  const percentage = numbers.get("toleratedFailurePercentage");
  const errorDetails = chosen(numbers, ["catchIndex", "retryIndex", "retryBackoffIntervalSeconds"]);
  return {
    input: stringify(input),
    ...Object.fromEntries(texts),
    ...chosen(numbers, ["maxConcurrency", "toleratedFailureCount"]),
    ...given(
      "toleratedFailurePercentage",
      percentage === undefined ? undefined : float(percentage),
    ),
    ...given("request", request),
    ...given("response", response),
    ...given("variables", isEmpty(variables) ? undefined : stringify(variables)),
    ...given("errorDetails", isEmpty(errorDetails) ? undefined : errorDetails),
  };
}

/** These members are whole numbers. */
function chosen(
  numbers: ReadonlyMap<InspectedNumber, number>,
  names: readonly InspectedNumber[],
): Output {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = numbers.get(name);
      return value === undefined ? [] : [[name, Math.trunc(value)]];
    }),
  );
}

/** AWS writes this member as a floating-point number, `1.0`. */
function float(value: number): JsonNumber | number {
  return Number.isInteger(value) ? new JsonNumber(`${value}.0`) : value;
}

function given(name: string, value: unknown): Output {
  return value === undefined ? {} : { [name]: value };
}

function isEmpty(object: object): boolean {
  return Object.keys(object).length === 0;
}
