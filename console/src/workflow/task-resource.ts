/** What a Task's Resource says, for its form. */
import {
  optimizedActions,
  patternsOf,
  PATTERN_SUFFIXES,
  type Pattern,
} from "../../../src/asl/integrations.ts";
import { parseResource } from "../../../src/asl/resource.ts";

export interface TaskResource {
  /** The part that a pattern is put behind: the ARN without it. */
  readonly base: string;
  readonly pattern: Pattern;
  /** Those that the action has; one alone needs no choice. */
  readonly patterns: readonly Pattern[];
}

const SDK_PATTERNS: readonly Pattern[] = ["RequestResponse", "WaitForTaskToken"];

/** Undefined: it is no service integration. */
export function serviceResource(arn: string): TaskResource | undefined {
  const resource = parseResource(arn, "STANDARD");
  if ("problem" in resource || resource.type !== "Service") return undefined;
  const { service, action, pattern } = resource;
  const known = patternsOf(service, action);
  const base = arn.slice(0, arn.length - PATTERN_SUFFIXES[pattern].length);
  const patterns = known.length > 0 ? known : SDK_PATTERNS;
  return { base, pattern, patterns };
}

export function withPattern({ base }: TaskResource, pattern: Pattern): string {
  return base + PATTERN_SUFFIXES[pattern];
}

export const PATTERN_LABELS: Readonly<Record<Pattern, string>> = {
  RequestResponse: "Call and go on (request response)",
  Sync: "Run a job and wait for its end (.sync)",
  Sync2: "Run and wait, output as JSON (.sync:2)",
  WaitForTaskToken: "Wait for a callback (.waitForTaskToken)",
};

/** Resources to be suggested. */
export function knownResources(): readonly string[] {
  return [
    "arn:aws:lambda:us-east-1:123456789012:function:my-function",
    "arn:aws:states:us-east-1:123456789012:activity:my-activity",
    ...optimizedActions().map(({ service, action }) => `arn:aws:states:::${service}:${action}`),
    "arn:aws:states:::aws-sdk:s3:getObject",
    "arn:aws:states:::aws-sdk:s3:putObject",
    "arn:aws:states:::aws-sdk:dynamodb:query",
  ];
}
