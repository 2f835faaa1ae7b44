/** The shapes of the service model that several operations use; limits are AWS's. */
import { boolean, integer, list, oneOf, optional, required, string, structure } from "./shapes.ts";

export const arn = string({ min: 1, max: 256 });
export const longArn = string({ min: 1, max: 2_000 });
export const name = string({ min: 1, max: 80 });
export const definition = string({ min: 1, max: "definitionBytes", sensitive: true });
export const payload = string({ max: "payloadBytes", sensitive: true });
export const errorName = string({ max: 256, sensitive: true });
export const cause = string({ max: 32_768, sensitive: true });
/** Longest trace header, in characters. */
export const MAX_TRACE_HEADER = 256;
export const traceHeader = string({ max: MAX_TRACE_HEADER, pattern: /^\p{ASCII}*$/u });
/** AWS: 1 to 64 visible ASCII characters. */
export const clientToken = string({ min: 1, max: 64, pattern: /^[!-~]+$/ });
export const taskToken = string({ min: 1, max: 2_048 });
export const pageSize = integer(0, 1_000);
export const pageToken = string({ min: 1, max: 1_024 });
export const versionDescription = string({ max: 256, sensitive: true });
export const aliasDescription = string({ max: 256, sensitive: true });
/** Never only digits: those are versions. */
export const aliasName = string({
  min: 1,
  max: 80,
  // eslint-disable-next-line no-useless-escape -- AWS's messages show it so
  pattern: /^(?=.*[a-zA-Z_\-\.])[a-zA-Z0-9_\-\.]+$/,
});
/** How many versions there must be, and what they may be, `routing.ts` checks. */
export const routingConfiguration = list(
  structure({ stateMachineVersionArn: required(arn), weight: required(integer(0, 100)) }),
  100,
);

export const stateMachineType = oneOf("STANDARD", "EXPRESS");
export const includedData = oneOf("ALL_DATA", "METADATA_ONLY");
/** In the order in which AWS's recorded message lists them. */
export const executionStatus = oneOf(
  "SUCCEEDED",
  "TIMED_OUT",
  "PENDING_REDRIVE",
  "ABORTED",
  "FAILED",
  "RUNNING",
);

const tagKey = string({ min: 1, max: 128 });
const tag = structure({ key: required(tagKey), value: optional(string({ max: 256 })) });
/** More than the limit are TooManyTags, which the operations check. */
export const tags = list(tag, 1_000);
export const tagKeys = list(tagKey, 1_000);

export const loggingConfiguration = structure({
  level: optional(oneOf("ALL", "ERROR", "FATAL", "OFF")),
  includeExecutionData: optional(boolean),
  destinations: optional(
    list(
      structure({ cloudWatchLogsLogGroup: optional(structure({ logGroupArn: optional(arn) })) }),
      100,
    ),
  ),
});

export const tracingConfiguration = structure({ enabled: optional(boolean) });

export const encryptionConfiguration = structure({
  kmsKeyId: optional(string({ min: 1, max: 2_048 })),
  kmsDataKeyReusePeriodSeconds: optional(integer(60, 900)),
  type: required(oneOf("AWS_OWNED_KEY", "CUSTOMER_MANAGED_KMS_KEY")),
});
