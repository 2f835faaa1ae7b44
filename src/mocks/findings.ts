/** What a reader of mocks finds wrong, with the path of each place. */
import type { Json, JsonObject } from "../json/json.ts";
import { isObject, kindOf } from "../json/kind.ts";

/** More than these help nobody. */
const MAX_FINDINGS = 20;

/** Collects problems, which make a file unusable, and warnings, which do not. */
export class Findings {
  readonly problems: string[] = [];
  readonly warnings: string[] = [];

  /** `text` goes on after the path. */
  problem(path: string, text: string): void {
    if (this.problems.length < MAX_FINDINGS) this.problems.push(`${path} ${text}`);
  }

  warn(path: string, text: string): void {
    if (this.warnings.length < MAX_FINDINGS) this.warnings.push(`${path} ${text}`);
  }

  /** The value if it is an object; otherwise a problem that shows what it should look like. */
  object(value: Json | undefined, path: string, example: string): JsonObject | undefined {
    if (isObject(value)) return value;
    const is = value === undefined ? "is missing" : `is of type ${kindOf(value)}`;
    this.problem(path, `${is}; it must be an object such as ${example}`);
    return undefined;
  }
}

/** `$.MockedResponses["a b"]`: the path of a member. */
export function memberPath(path: string, name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? `${path}.${name}` : `${path}[${JSON.stringify(name)}]`;
}
