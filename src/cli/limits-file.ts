/** `--limits FILE`: values for the limits that AWS sets. */
import { readFile, stat } from "node:fs/promises";
import { parse } from "yaml";
import { nearest } from "../asl/spelling.ts";
import {
  AWS_QUOTAS,
  QUOTA_NAMES,
  quotaProblem,
  QUOTAS,
  quotasAboveAws,
  quotasWith,
} from "../engine/quotas.ts";
import type { QuotaName, Quotas } from "../engine/quotas.ts";
import { CommandError, reasonOf } from "./command-error.ts";

/** Far more than a file with every limit needs. */
const MAX_FILE_BYTES = 64 * 1024;

/** The limits of a JSON or YAML file, AWS's where it says nothing; throws CommandError. */
export async function readLimitsFile(path: string | undefined): Promise<Quotas> {
  if (path === undefined) return AWS_QUOTAS;
  return limitsOf(path, await readText(path));
}

/** What to tell at start if limits are above AWS's; undefined: none is. */
export function limitsWarning(quotas: Quotas): string | undefined {
  const above = quotasAboveAws(quotas);
  if (above.length === 0) return undefined;
  const list = above.map((name) => `${name} ${quotas[name]} (AWS: ${QUOTAS[name].aws})`);
  return `limits above those of AWS, where what needs them does not run: ${list.join(", ")}`;
}

function limitsOf(path: string, text: string): Quotas {
  const refuse = (problem: string): never => {
    throw new CommandError(`--limits ${path}: ${problem}`, 2);
  };
  let content: unknown;
  try {
    content = parse(text, { maxAliasCount: 0 });
  } catch (error) {
    return refuse(reasonOf(error).split("\n")[0] ?? "is neither JSON nor YAML");
  }
  // An empty file, or one that has only comments.
  if (content === null) return AWS_QUOTAS;
  if (typeof content !== "object" || Array.isArray(content)) {
    return refuse("must be an object of limits such as { payloadBytes: 1048576 }");
  }
  const values: Partial<Record<QuotaName, number>> = {};
  for (const [key, value] of Object.entries(content)) {
    const name = QUOTA_NAMES.find((known) => known === key);
    if (name === undefined) return refuse(unknownLimit(key));
    const problem = quotaProblem(name, value);
    if (problem !== undefined) refuse(`${name} ${problem}, got ${JSON.stringify(value)}`);
    values[name] = value as number;
  }
  return quotasWith(values);
}

function unknownLimit(key: string): string {
  const meant = nearest(key, QUOTA_NAMES);
  const hint =
    meant === undefined ? `known are ${QUOTA_NAMES.join(", ")}` : `did you mean ${meant}?`;
  return `there is no limit ${JSON.stringify(key)}; ${hint}`;
}

async function readText(path: string): Promise<string> {
  try {
    if ((await stat(path)).size > MAX_FILE_BYTES) {
      throw new CommandError(`the file is longer than ${MAX_FILE_BYTES} bytes`);
    }
    return await readFile(path, "utf8");
  } catch (error) {
    throw new CommandError(`--limits ${path}: cannot be read: ${reasonOf(error)}`, 2);
  }
}
