/** A definition of a request, parsed and checked. */
import { definitionError } from "../asl/diagnostic.ts";
import { parseDefinition } from "../asl/parse-definition.ts";
import type { CheckedDefinition } from "../engine/catalog/machine-requests.ts";
import type { StateMachineType } from "../engine/catalog/state-machine.ts";
import { errors } from "./errors.ts";

/** Throws InvalidDefinition with everything that is wrong. */
export function checkDefinition(text: string, type: StateMachineType): CheckedDefinition {
  const { definition, diagnostics } = parseDefinition(text, { type });
  if (definition === undefined) throw errors.invalidDefinition(definitionError(diagnostics));
  return { text, compiled: definition };
}
