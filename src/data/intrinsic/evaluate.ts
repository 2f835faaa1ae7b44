/** Evaluates parsed calls of intrinsic functions. */
import type { Json } from "../../json/json.ts";
import { withoutSource } from "../../json/source.ts";
import { stringify } from "../../json/stringify.ts";
import type { Scope } from "../evaluation.ts";
import { IntrinsicError } from "./arguments.ts";
import { callIntrinsic } from "./functions.ts";
import type { Argument, Call } from "./parser.ts";

/** The value of a call. Throws `IntrinsicError` with AWS's reason. */
export function evaluateCall(call: Call, scope: Scope): Json {
  const values = call.arguments.map((argument) => evaluateArgument(argument, scope));
  return callIntrinsic(call.name, values, scope);
}

function evaluateArgument(argument: Argument, scope: Scope): Json {
  switch (argument.type) {
    case "Literal":
      return argument.value;
    case "Call":
      return evaluateCall(argument.call, scope);
    case "Path": {
      const { path } = argument;
      const value = path.read(scope);
      if (value !== undefined) return withoutSource(value);
      const input = stringify(path.document(scope) ?? scope.input);
      throw new IntrinsicError(
        `The JsonPath argument for the field '${path.text}' could not be found in the input '${input}'`,
      );
    }
  }
}

/** The names of the variables that a call reads, its inner calls included. */
export function variablesOf(call: Call): readonly string[] {
  return call.arguments.flatMap((argument) => {
    if (argument.type === "Call") return variablesOf(argument.call);
    if (argument.type === "Path") return argument.path.variable ?? [];
    return [];
  });
}
