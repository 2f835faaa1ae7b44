/** A Task's `Resource`: from the ARN in the definition to what is to be called. */
import type { Resource } from "./definition.ts";
import { isOptimized, PATTERN_SUFFIXES, type Pattern } from "./integrations.ts";
import type { ExecutionType } from "./source.ts";

const PATTERNS: readonly Pattern[] = ["RequestResponse", "Sync", "Sync2", "WaitForTaskToken"];

const PARTITION = "arn:(?:aws|aws-cn|aws-us-gov)";
const PLACE = "[a-z]{2}[a-z0-9-]*:\\d{12}";
/** AWS takes any words for the region and the account of a function (recorded). */
const LAMBDA = new RegExp(
  `^${PARTITION}:lambda:[A-Za-z0-9-]+:[A-Za-z0-9-]+:function:[A-Za-z0-9_-]+(?::(?:\\$LATEST|[A-Za-z0-9_-]+))?$`,
);
const ACTIVITY = new RegExp(`^${PARTITION}:states:${PLACE}:activity:[^:\\s]+$`);
const SERVICE = new RegExp(
  `^${PARTITION}:states:::(aws-sdk:[a-z0-9]+|[a-z0-9-]+):([a-z][A-Za-z0-9]*)(\\.[A-Za-z:0-9]+)?$`,
);

/**
 * Parses a resource for an execution of the given type.
 * @returns the resource, or AWS's message why it cannot be used.
 */
export function parseResource(
  arn: string,
  executionType: ExecutionType,
): Resource | { readonly problem: string } {
  const resource = readArn(arn);
  if (resource === undefined) {
    return {
      problem:
        `The resource provided ${arn} is not recognized. The value is not a valid resource ARN, ` +
        `or the resource is not available in this region.`,
    };
  }
  const problem = executionType === "EXPRESS" ? expressProblem(resource) : undefined;
  return problem === undefined ? resource : { problem };
}

function readArn(arn: string): Resource | undefined {
  if (LAMBDA.test(arn)) return { type: "Lambda", arn };
  if (ACTIVITY.test(arn)) return { type: "Activity", arn };
  const [, service, action, suffix = ""] = SERVICE.exec(arn) ?? [];
  const pattern = patternOf(suffix);
  if (service === undefined || action === undefined || pattern === undefined) return undefined;
  if (!exists(service, action, pattern)) return undefined;
  return { type: "Service", arn, service, action, resource: action + suffix, pattern };
}

/** Actions of the AWS SDK are taken as they are: their list is AWS's and grows several times a year. */
function exists(service: string, action: string, pattern: Pattern): boolean {
  if (!service.startsWith("aws-sdk:")) return isOptimized(service, action, pattern);
  return pattern === "RequestResponse" || pattern === "WaitForTaskToken";
}

function patternOf(suffix: string): Pattern | undefined {
  return PATTERNS.find((pattern) => PATTERN_SUFFIXES[pattern] === suffix);
}

/** An Express execution cannot wait for anything that outlives it. */
function expressProblem(resource: Resource): string | undefined {
  if (resource.type === "Activity") return "Express state machine does not support Activity ARN";
  if (resource.type === "Lambda" || resource.pattern === "RequestResponse") return undefined;
  return resource.pattern === "WaitForTaskToken"
    ? // The blank at the end is AWS's.
      "Express state machine does not support '.waitForTaskToken' service integration "
    : "Express state machine does not support '.sync' service integration";
}
