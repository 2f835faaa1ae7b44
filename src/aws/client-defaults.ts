/** What every client of an AWS service is made with. */
import { type Environment, hasCredentials } from "./environment.ts";

/** A work-alike wants a signature, but any will do. */
export const PLACEHOLDER = { accessKeyId: "stepwell", secretAccessKey: "stepwell" };

/** What goes wrong is told to who called. */
export const SILENT = { trace() {}, debug() {}, info() {}, warn() {}, error() {} };

/** Credentials for a client that has none of its own; undefined: the SDK finds some. */
export function placeholderFor(environment: Environment): typeof PLACEHOLDER | undefined {
  return hasCredentials(environment) ? undefined : PLACEHOLDER;
}
