/** Checks the context object that a caller gives to TestState. The texts are AWS's. */
import type { State } from "../../asl/definition.ts";
import type { Json, JsonObject } from "../../json/json.ts";
import { isObject, memberOf } from "../../json/kind.ts";
import { isNumber } from "../../json/number.ts";
import { parseJson } from "../../json/parse.ts";
import { errors, type ApiError } from "../errors.ts";

type Kind = "string" | "number" | "any";

/** The members that a context object may have (Developer Guide, "Context object format"). */
const MEMBERS: Readonly<Record<string, Readonly<Record<string, Kind>>>> = {
  Execution: {
    Id: "string",
    Input: "any",
    Name: "string",
    RoleArn: "string",
    StartTime: "string",
    RedriveCount: "number",
    RedriveTime: "string",
  },
  State: { EnteredTime: "string", Name: "string", RetryCount: "number" },
  StateMachine: { Id: "string", Name: "string" },
  Task: { Token: "string" },
};

/** The context object in `text`. Throws ValidationException. */
export function readContext(text: string, state: State): JsonObject {
  const parsed = parseJson(text);
  if (!parsed.ok) throw refusal(`It must be valid JSON: ${parsed.message}`);
  if (!isObject(parsed.value)) throw refusal("It must be a JSON object");
  for (const [name, value] of Object.entries(parsed.value)) {
    if (name === "Map") {
      throw refusal("'Map' field is not supported when mocking a Context object");
    }
    const members = Object.hasOwn(MEMBERS, name) ? MEMBERS[name] : undefined;
    if (members === undefined) throw refusal(`Field '${name}' is not allowed`);
    if (name === "Task" && !waits(state)) {
      throw refusal(
        "Context object contains 'Task' when state is not a Task state with a '.sync' or " +
          "'.waitForTaskToken' service integration pattern",
      );
    }
    checkMembers(name, value, members);
  }
  return parsed.value;
}

function checkMembers(name: string, value: Json, members: Readonly<Record<string, Kind>>): void {
  if (!isObject(value)) throw refusal(`${name} must be an object`);
  for (const key of Object.keys(value)) {
    const kind = Object.hasOwn(members, key) ? members[key] : undefined;
    if (kind === undefined) throw refusal(`Field '${key}' is not allowed`);
    if (!isOf(kind, memberOf(value, key))) throw refusal(`${name}.${key} must be a ${kind}`);
  }
}

function isOf(kind: Kind, value: Json | undefined): boolean {
  if (kind === "any") return true;
  return kind === "string" ? typeof value === "string" : isNumber(value);
}

function waits(state: State): boolean {
  if (state.type !== "Task" || state.resource.type !== "Service") return false;
  return state.resource.pattern !== "RequestResponse";
}

function refusal(reason: string): ApiError {
  return errors.validation(`Invalid Context object provided: ${reason}`);
}
