/** Where states go, and the fields that all states or all working states have in common. */
import type { Flow, StateType, WorkFields } from "./definition.ts";
import { readInputOutput, readResultPath, readResultSelector } from "./dialect.ts";
import type { Visible } from "./jsonata-check.ts";
import { readCatchers, readRetriers } from "./retry-catch.ts";
import type { StateSource } from "./source.ts";
import { readTarget } from "./target.ts";
import { readAssign } from "./variables.ts";

/** What all states have. */
export function readBase({ name, fields, language }: StateSource) {
  const comment = fields.get("Comment");
  return {
    name,
    pointer: fields.pointer,
    comment: typeof comment === "string" ? comment : undefined,
    language,
  };
}

/**
 * `Next` or `End`, and `Assign`. A state with neither is an error: it would be stuck. `visible`: what
 * `Assign` sees in JSONata.
 */
export function readFlow(source: StateSource, visible: Visible = "nothing else"): Flow {
  const { name, fields, scope } = source;
  const end = fields.boolean("End") ?? false;
  if (end) scope.terminal = true;
  if (end && fields.has("Next")) fields.atMostOne("Next", "End");
  const next = readTarget(source, fields, "Next");
  if (!end && !fields.has("Next")) {
    fields.report.schema(
      `One of these fields is required: [Next, End]. State '${name}' would have nowhere to go: ` +
        `name the state to run next in 'Next', or make it the last one with 'End': true`,
      fields.location,
    );
  }
  return { next: end ? undefined : next, assign: readAssign(source, fields, visible) };
}

/** The fields of Task, Parallel and Map. */
export function readWork<Type extends StateType>(
  source: StateSource,
  type: Type,
): Omit<WorkFields, "parameters"> & { readonly type: Type } {
  const { fields } = source;
  return {
    type,
    ...readBase(source),
    ...readInputOutput(source, "result"),
    ...readFlow(source, "result"),
    resultSelector: readResultSelector(source),
    resultPath: readResultPath(source, fields),
    retry: readRetriers(fields),
    catch: readCatchers(source),
  };
}
