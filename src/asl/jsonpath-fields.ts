/**
 * Readers of the fields that are written in JSONPath: paths, reference paths, payload templates.
 * All of the parser that knows this query language is here.
 */
import { compileExpression } from "../data/expression.ts";
import { compilePath, type Path } from "../data/path.ts";
import { compileReferencePath } from "../data/reference-path.ts";
import { compileTemplate, type Template } from "../data/template.ts";
import type { Json } from "../json/json.ts";
import { isArray, isObject, memberOf } from "../json/kind.ts";
import type { Amount, FailText, InputOutput, PathField, ResultPathField } from "./definition.ts";
import type { Fields, Range } from "./fields.ts";
import { warnOfMissingDollars, warnOfMissingPath } from "./suspicious.ts";

/** InputPath and OutputPath. */
export function readInputOutput(fields: Fields): Omit<InputOutput, "output"> {
  return {
    inputPath: readNullablePath(fields, "InputPath"),
    outputPath: readNullablePath(fields, "OutputPath"),
  };
}

function readNullablePath(fields: Fields, name: string): PathField {
  return fields.get(name) === null ? null : readPath(fields, name);
}

/** Any path: into the input, the context object (`$$`) or a variable. */
export function readPath(fields: Fields, name: string): Path | undefined {
  const text = fields.string(name);
  if (text === undefined) return undefined;
  const path = compilePath(text);
  if (!("problem" in path)) return path;
  fields.report.schema("Value must be a valid JSONPath.", fields.at(name));
  return undefined;
}

/**
 * A path that names exactly one value, of the input or of a variable. AWS refuses the context
 * object in the numbers of a Map, so there it is not allowed.
 */
export function readSinglePath(
  fields: Fields,
  name: string,
  contextObject: "allowed" | "refused",
): Path | undefined {
  const path = readPath(fields, name);
  if (path === undefined) return undefined;
  const refused = contextObject === "refused" && path.text.startsWith("$$");
  if (path.definite && !refused) return path;
  fields.report.schema("Value is not a Reference Path", fields.at(name));
  return undefined;
}

/** Which values a field takes. */
export interface AmountForm {
  readonly kind?: "integer" | "number";
  readonly contextObject?: "allowed" | "refused";
}

/** A field with its two forms: a literal number, or the `...Path` where to find it. */
export function readAmount(
  fields: Fields,
  name: string,
  range: Range,
  { kind = "integer", contextObject = "refused" }: AmountForm = {},
): Amount | undefined {
  fields.atMostOne(name, `${name}Path`);
  const value = fields[kind](name, range);
  if (value !== undefined) return { type: "Literal", value };
  const path = readSinglePath(fields, `${name}Path`, contextObject);
  return path === undefined ? undefined : { type: "Path", path };
}

/** Where the result goes in the input; null drops it. */
export function readResultPath(fields: Fields): ResultPathField {
  if (fields.get("ResultPath") === null) return null;
  const text = fields.string("ResultPath");
  if (text === undefined) return undefined;
  const path = compileReferencePath(text);
  if (!("problem" in path)) return path;
  fields.report.schema("Value is not a Reference Path", fields.at("ResultPath"));
  return undefined;
}

/** A payload template: JSON with paths and functions in the fields whose names end in `.$`. */
export function readTemplate(fields: Fields, name: string): Template | undefined {
  const value = fields.get(name);
  if (value === undefined) return undefined;
  const template = compileTemplate(value);
  if (!("problems" in template)) {
    warnOfMissingDollars(value, fields.at(name), fields.report);
    return template;
  }
  for (const { pointer } of template.problems) reportTemplateProblem(fields, name, value, pointer);
  return undefined;
}

/** AWS says which field it is, but gives the location of the object that the field is in. */
function reportTemplateProblem(
  fields: Fields,
  name: string,
  template: Json,
  pointer: string,
): void {
  const keys = pointer.split("/").map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"));
  const field = keys.pop() ?? "";
  let location = fields.at(name);
  let parent: Json | undefined = template;
  for (const key of keys.slice(1)) {
    if (isArray(parent)) {
      location += `[${key}]`;
      parent = parent[Number(key)];
    } else {
      location += `/${key}`;
      parent = isObject(parent) ? memberOf(parent, key) : undefined;
    }
  }
  const plain = field.slice(0, -2);
  const twice = isObject(parent) && Object.hasOwn(parent, plain);
  fields.report.schema(
    twice
      ? `The field '${plain}' is there twice, as '${plain}' and as '${field}'`
      : invalidExpression(field),
    location,
  );
}

function invalidExpression(field: string): string {
  return (
    `The value for the field '${field}' must be a valid JSONPath or a valid intrinsic function ` +
    `call`
  );
}

/** `Error` or `ErrorPath`, `Cause` or `CausePath` of a Fail state. */
export function readFailText(fields: Fields, name: string): FailText | undefined {
  fields.atMostOne(name, `${name}Path`);
  const value = fields.string(name);
  if (value !== undefined) {
    warnOfMissingPath(value, name, fields);
    return { type: "Literal", value };
  }
  const text = fields.string(`${name}Path`);
  if (text === undefined) return undefined;
  const expression = compileExpression(text);
  if (!("problem" in expression)) return { type: "Path", expression };
  fields.report.schema(invalidExpression(`${name}Path`), fields.at(`${name}Path`));
  return undefined;
}
