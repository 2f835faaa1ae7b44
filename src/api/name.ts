/** Names of state machines, executions and activities. */
import { errors } from "./errors.ts";

/** What AWS forbids in a name: blanks, brackets, wildcards, punctuation, control characters. */
const FORBIDDEN =
  // eslint-disable-next-line no-control-regex -- control characters are what this is about
  /[\s<>{}[\]?*"#%\\^|~`$&,;:/\u0000-\u001f\u007f-\u009f\ufffe\uffff\ud800-\udfff\u{10ffff}]/u;

/** Throws InvalidName; the length is checked with the shape. */
export function checkName(name: string): void {
  if (FORBIDDEN.test(name)) throw errors.invalidName(name);
}
