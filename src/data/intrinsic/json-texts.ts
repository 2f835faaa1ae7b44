/** States.StringToJson, States.JsonToString and States.JsonMerge. */
import type { Json, JsonArray } from "../../json/json.ts";
import { parseJson } from "../../json/parse.ts";
import { stringifyCompact } from "../../json/stringify.ts";
import { InvalidArguments, objectArgument, stringArgument } from "./arguments.ts";

/** States.StringToJson(text); AWS takes an empty text for null. */
export function stringToJson([text]: JsonArray): Json {
  const json = stringArgument(text);
  if (json.trim() === "") return null;
  const parsed = parseJson(json);
  if (!parsed.ok) throw new InvalidArguments();
  return parsed.value;
}

/** States.JsonToString(value) */
export function jsonToString([value]: JsonArray): Json {
  return stringifyCompact(value!);
}

/** States.JsonMerge(a, b, false): the members of both, those of b first in rank; never deep. */
export function jsonMerge([a, b, deep]: JsonArray): Json {
  if (deep === true) throw new InvalidArguments();
  return { ...objectArgument(a), ...objectArgument(b) };
}
