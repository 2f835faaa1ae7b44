/**
 * Reads the notation of `service-facts.ts`. A line is `Operation = Structure` or
 * `Structure { Member!: type, ... }`; `!` is a required member. Types: `string`, `number`, `boolean`,
 * `any`, a structure's name, `[type]` (list), `<type>` (map); after `string` and `number` may follow
 * `(min..max)` (of a string's length), after `string` also the allowed values, `{A|B}`.
 */
import type { LazyShape, ResultShape } from "../../engine/ports.ts";

/** Results by the operation's name. Throws Error for a text that is not in the notation. */
export function parseShapes(text: string): ReadonlyMap<string, LazyShape> {
  const structures = new Map<string, string>();
  const results = new Map<string, string>();
  for (const line of text.split("\n")) {
    const [, operation, result] = /^(\w+) = (\w+)$/u.exec(line) ?? [];
    const [, structure, body] = /^(\w+) \{(.*)\}$/u.exec(line) ?? [];
    if (operation !== undefined && result !== undefined) results.set(operation, result);
    else if (structure !== undefined) structures.set(structure, body ?? "");
    else if (line !== "") throw new Error(`not in the notation of shapes: ${line}`);
  }
  const made = new Map<string, ResultShape>();
  const shapeOf = (name: string): ResultShape => {
    let shape = made.get(name);
    if (shape === undefined) {
      shape = parseStructure(structures.get(name), name, shapeOf);
      made.set(name, shape);
    }
    return shape;
  };
  return new Map([...results].map(([operation, name]) => [operation, () => shapeOf(name)]));
}

type ShapeOf = (name: string) => ResultShape;

function parseStructure(body: string | undefined, name: string, shapeOf: ShapeOf): ResultShape {
  if (body === undefined) throw new Error(`there is no structure ${name}`);
  const members = new Map<string, LazyShape>();
  const required: string[] = [];
  for (const [, member = "", mark, type = ""] of body.matchAll(/(\w+)(!?): ([^,]+?)(?=,| *$)/gu)) {
    members.set(member, () => parseType(type, shapeOf));
    if (mark === "!") required.push(member);
  }
  return { type: "structure", members, required };
}

function parseType(type: string, shapeOf: ShapeOf): ResultShape {
  const inner = type.slice(1, -1);
  if (type.startsWith("[")) return { type: "list", element: () => parseType(inner, shapeOf) };
  if (type.startsWith("<")) return { type: "map", value: () => parseType(inner, shapeOf) };
  const [, base = type, min, max, values] =
    /^(string|number|boolean|any)(?:\((-?[\d.]*?)\.\.(-?[\d.]*)\))?(?:\{(.*)\})?$/u.exec(type) ??
    [];
  switch (base) {
    case "any":
    case "boolean":
      return { type: base };
    case "number":
      return { type: base, min: bound(min), max: bound(max) };
    case "string":
      return { type: base, min: bound(min), max: bound(max), values: values?.split("|") };
    default:
      return shapeOf(base);
  }
}

function bound(text: string | undefined): number | undefined {
  return text === undefined || text === "" ? undefined : Number(text);
}
