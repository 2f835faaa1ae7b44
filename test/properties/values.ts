/** Inputs of executions and answers of tasks: mostly what the generated states expect, some hostile. */
import type { Json, JsonObject } from "../../src/json/json.ts";
import type { Draw } from "./draw.ts";

const OBJECTS: readonly Json[] = [{ a: 1 }, { a: "x", b: [1, 2] }, {}, { a: { b: null } }];
const LISTS: readonly Json[] = [[1, 2, 3], [], ["x"], [{ a: 1 }, { a: 2 }], [[1], [2]], [null]];
const TEXTS: readonly string[] = ["x", "", "a,b,c", "Łukasz 😀", "2026-01-01T00:00:05Z", '{"a":1}'];

/** What most states can work with. */
export function drawOrder(draw: Draw): JsonObject {
  return {
    n: draw.between(0, 3),
    s: draw.pick(TEXTS),
    flag: draw.chance(50),
    list: draw.pick(LISTS),
    obj: draw.pick(OBJECTS),
  };
}

/** JSON texts of inputs that parsers, getters and printers stumble over. */
export const HOSTILE_INPUTS: readonly string[] = [
  '{"__proto__":{"n":1},"constructor":{"prototype":{"x":1}},"toString":null,"n":1}',
  '{"n":{"__proto__":null},"list":{"length":-1},"s":{"hasOwnProperty":1}}',
  '{"n":1e400,"s":"x","list":[123456789012345678901234567890,1E-400,-0,0.1e1]}',
  '{"n":9007199254740993,"s":"9e999","list":[4.9e-324,1.7976931348623157e308]}',
  '{"n":1,"s":"\\ud800","list":["\\udc00\\ud800","\\u0000","\\u2028"],"\\udfff":1}',
  '{"n":-1,"s":"$","list":["$.n","$$","{% $states %}","States.UUID()"]}',
  '{"_jsonata_lambda":true,"n":{"_jsonata_function":true},"list":[{"outerWrapper":true}]}',
  '{"n":1,"n":2,"s":"a","s":"b","list":[1],"":{"":{"":1}}}',
  ' { "n" : 1.50 , "s" : "\\u0061" , "list" : [ 1.0 , 2e0 ] } ',
  nested("[", "]", 499),
  nested('{"list":', "}", 498),
  "[]",
  "null",
  '"text"',
  "-0",
  "true",
];

/** An array or object of that depth. */
export function nested(open: string, close: string, depth: number): string {
  return `${open.repeat(depth)}1${close.repeat(depth)}`;
}

export function drawInput(draw: Draw): string {
  return draw.chance(8) ? draw.pick(HOSTILE_INPUTS) : JSON.stringify(drawOrder(draw));
}

/** What a task gives. */
export function drawResult(draw: Draw): Json {
  if (draw.chance(80)) return drawOrder(draw);
  return draw.pick<Json>([
    "text",
    null,
    [1, 2],
    { n: 1, list: "x".repeat(3000) },
    { StatusCode: 200, Payload: { n: 1 } },
    { "\ud800": "\udc00" },
    7,
  ]);
}
