/** Fields of forms. */
import type { JsonObject } from "../../../src/json/json.ts";
import type { JsonPath } from "../document/json-path.ts";

import type { QueryLanguage } from "./state-templates.ts";

interface FieldBase {
  /** From the state. */
  readonly steps: JsonPath;
  readonly label: string;
  readonly description?: string;
  readonly placeholder?: string;
}

export type Field =
  | (FieldBase & { readonly kind: "Text"; readonly isLong?: boolean })
  | (FieldBase & { readonly kind: "Number"; readonly constraint: string })
  /** Any JSON; in JSONata an expression can stand alone. */
  | (FieldBase & { readonly kind: "Json" })
  /** A path, or null with the words of `discard`. */
  | (FieldBase & { readonly kind: "Path"; readonly discard: string })
  | (FieldBase & {
      readonly kind: "Options";
      readonly options: readonly Option[];
      readonly none: string;
    })
  | (FieldBase & { readonly kind: "Words"; readonly example: string })
  /** One of several fields, each with a name for its choice. */
  | {
      readonly kind: "OneOf";
      readonly label: string;
      readonly fields: readonly (Field & { readonly steps: JsonPath })[];
      readonly names: readonly string[];
    }
  /** Fields of an object that can be switched on, with `initial`. */
  | (FieldBase & {
      readonly kind: "Group";
      readonly initial: JsonObject;
      readonly fields: readonly Field[];
    });

export interface Option {
  readonly value: string;
  readonly label: string;
  readonly description?: string;
}

/** A number, in JSONPath also read with a path. */
export function amount(
  language: QueryLanguage,
  name: string,
  label: string,
  constraint: string,
  base: JsonPath = [],
): Field {
  const number: Field = { kind: "Number", steps: [...base, name], label, constraint };
  if (language === "JSONata") return number;
  const fromPath: Field = {
    kind: "Text",
    steps: [...base, `${name}Path`],
    label,
    placeholder: "$.number",
  };
  return { kind: "OneOf", label, fields: [number, fromPath], names: ["A number", "A path"] };
}
