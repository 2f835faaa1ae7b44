/** Machines: the top level of a definition, a branch of a Parallel, the item processor of a Map. */
import { isObject } from "../json/kind.ts";
import type { Machine, State } from "./definition.ts";
import { Fields } from "./fields.ts";
import { effectiveLanguage } from "./query-language.ts";
import { checkReachability, checkTargets } from "./reachability.ts";
import type { Context, MachineScope, StateSource } from "./source.ts";
import { checkStateFields, STATE_TYPES } from "./state-fields.ts";
import { readChoice } from "./states/choice.ts";
import { readMap } from "./states/map.ts";
import { readParallel } from "./states/parallel.ts";
import { readPass } from "./states/pass.ts";
import { readFail, readSucceed } from "./states/succeed-fail.ts";
import { readTask } from "./states/task.ts";
import { readWait } from "./states/wait.ts";
import { variablesRead } from "./variable-references.ts";

const MAX_NAME_LENGTH = 80;

/** Parses `StartAt` and `States`; undefined if one of them is missing, which is reported. */
export function parseMachine(
  fields: Fields,
  context: Context,
  scope: MachineScope,
): Machine | undefined {
  const { report } = fields;
  if (fields.pointer !== "" && fields.has("QueryLanguage")) {
    report.schema("Field 'QueryLanguage' is not supported", fields.location);
  }
  fields.require("States", "StartAt");
  const startAt = fields.string("StartAt");
  if (startAt !== undefined) {
    scope.transitions.push({ from: undefined, to: startAt, location: fields.at("StartAt") });
  }
  const sources = fields.child("States");
  if (sources === undefined) return undefined;
  const names = new Set(Object.keys(sources.object));
  if (names.size === 0) sources.report.schema("Value cannot be empty", sources.location);

  const errors = report.errors;
  const states = new Map<string, State>();
  for (const name of names) {
    const state = parseState(sources, name, context, scope);
    if (state !== undefined) states.set(name, state);
  }
  // In a machine with broken states some transitions are unknown: what they would lead to must
  // not be called unreachable.
  const complete = report.errors === errors && startAt !== undefined && names.size > 0;
  checkTargets(scope, names, report);
  if (complete) checkReachability(fields, scope, names);
  return startAt === undefined ? undefined : { startAt, states };
}

function parseState(
  states: Fields,
  name: string,
  context: Context,
  scope: MachineScope,
): State | undefined {
  const location = states.at(name);
  const { report } = states;
  checkName(name, context, report, location);
  const value = states.get(name);
  if (value === undefined || !isObject(value)) return states.wrongType(name, "OBJECT");
  const fields = new Fields(value, location, report);
  if (!fields.require("Type")) return undefined;
  const type = fields.oneOf("Type", STATE_TYPES);
  if (type === undefined) return undefined;
  const language = effectiveLanguage(fields, context.language);
  if (language === undefined) return undefined;
  checkStateFields(fields, type, language);
  const state = READERS[type]({ name, fields, language, context, scope });
  for (const variable of state === undefined ? [] : variablesRead(state)) {
    scope.reads.push({ name: variable, location });
  }
  return state;
}

const READERS: { readonly [Type in State["type"]]: (source: StateSource) => State | undefined } = {
  Pass: readPass,
  Task: readTask,
  Choice: readChoice,
  Wait: readWait,
  Succeed: readSucceed,
  Fail: readFail,
  Parallel: readParallel,
  Map: readMap,
};

function checkName(
  name: string,
  { stateNames }: Context,
  report: Fields["report"],
  location: string,
): void {
  const length = Array.from(name).length;
  if (length === 0 || length > MAX_NAME_LENGTH) {
    report.error(
      "INVALID_STATE_NAME",
      `Invalid State name: '${name}'. It must have 1 to ${MAX_NAME_LENGTH} characters`,
      location,
    );
  }
  if (stateNames.has(name)) {
    report.error("DUPLICATE_STATE_NAME", `Duplicate State name: ${name}`, location);
  }
  stateNames.add(name);
}
