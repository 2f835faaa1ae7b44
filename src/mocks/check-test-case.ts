/** What is doubtful about a test case, given the state machine that it is for. */
import type { Definition, Machine, Resource, State } from "../asl/definition.ts";
import { nearest } from "../asl/spelling.ts";
import type { ResultShapes } from "../engine/ports.ts";
import { checkResult } from "../engine/test-state/check-result.ts";
import type { MockedAnswer, MockedResponse, MockedStates } from "./mock-config.ts";

/** More warnings of one test case help nobody. */
const MAX_WARNINGS = 20;

/**
 * Warnings about states that the machine does not have or that call no service, and about results
 * that the service's API cannot give: what is there must fit, what is missing is not asked for.
 */
export async function checkTestCase(
  states: MockedStates,
  definition: Definition,
  shapes: ResultShapes,
): Promise<string[]> {
  const known = allStates(definition);
  const warnings: string[] = [];
  for (const [name, response] of states) {
    if (warnings.length >= MAX_WARNINGS) break;
    const state = known.get(name);
    const doubt = doubtAbout(name, state, known);
    if (doubt !== undefined) warnings.push(doubt);
    if (state?.type !== "Task") continue;
    warnings.push(...(await checkResponse(name, state.resource, response, shapes)));
  }
  return warnings.slice(0, MAX_WARNINGS);
}

function doubtAbout(
  name: string,
  state: State | undefined,
  known: ReadonlyMap<string, State>,
): string | undefined {
  if (state?.type === "Task") return undefined;
  if (state !== undefined) {
    return `'${name}' is a ${state.type} state; only Task states can be mocked`;
  }
  const meant = nearest(name, [...known.keys()]);
  const hint = meant === undefined ? "" : `; did you mean '${meant}'?`;
  return `the state machine has no state '${name}'${hint}`;
}

async function checkResponse(
  name: string,
  resource: Resource,
  { path, answers }: MockedResponse,
  shapes: ResultShapes,
): Promise<string[]> {
  // A function and an activity may answer anything.
  if (resource.type !== "Service") return [];
  const { service, action, pattern } = resource;
  const shape = await shapes.find(service, action, pattern);
  if (shape === undefined) return [];
  return answers.flatMap(({ first, last, outcome }) => {
    if (outcome.type === "Throw") return [];
    const problem = checkResult(outcome.result, shape, "PRESENT");
    if (problem === undefined) return [];
    return [`'${name}' (${resource.arn}), ${path} ${callsOf({ first, last })}: ${problem}`];
  });
}

function callsOf({ first, last }: Pick<MockedAnswer, "first" | "last">): string {
  if (last === Infinity) return "all calls";
  return first === last ? `call ${first}` : `calls ${first}-${last}`;
}

/** By name, those in branches and item processors too. */
function allStates(definition: Definition): ReadonlyMap<string, State> {
  const found = new Map<string, State>();
  const open: Machine[] = [definition];
  for (let machine = open.pop(); machine !== undefined; machine = open.pop()) {
    for (const state of machine.states.values()) {
      found.set(state.name, state);
      if (state.type === "Parallel") open.push(...state.branches);
      if (state.type === "Map") open.push(state.processor);
    }
  }
  return found;
}
