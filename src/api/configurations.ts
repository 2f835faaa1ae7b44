/** Configurations of requests to what the catalog keeps, and back. */
import { NO_LOGGING, NO_TRACING } from "../engine/catalog/configuration.ts";
import type {
  EncryptionConfiguration,
  LoggingConfiguration,
  TracingConfiguration,
} from "../engine/catalog/configuration.ts";
import { errors } from "./errors.ts";
import type {
  encryptionConfiguration,
  loggingConfiguration,
  tracingConfiguration,
} from "./model.ts";
import type { Output } from "./operation.ts";
import type { ValueOf } from "./shapes.ts";

/** Throws InvalidLoggingConfiguration. Absent members are off. */
export function readLogging(
  given: ValueOf<typeof loggingConfiguration> | undefined,
): LoggingConfiguration {
  if (given === undefined) return NO_LOGGING;
  const level = given.level ?? NO_LOGGING.level;
  const destinations = given.destinations ?? [];
  if (destinations.length > 1 || (destinations.length === 0 && level !== "OFF")) {
    throw errors.invalidLoggingConfiguration("Must specify exactly one Log Destination.");
  }
  const logGroupArn = destinations[0]?.cloudWatchLogsLogGroup?.logGroupArn;
  if (destinations.length === 1 && !isLogGroupArn(logGroupArn)) {
    throw errors.invalidLoggingConfiguration("Log Destination not found.");
  }
  return { level, includeExecutionData: given.includeExecutionData ?? false, logGroupArn };
}

/** The ARN of a log group, which ends in `:*`. Whether it exists is not asked. */
function isLogGroupArn(arn: string | undefined): boolean {
  return arn !== undefined && /^arn:[^:]+:logs:[^:]*:[^:]*:log-group:[^:]+:\*$/.test(arn);
}

export function readTracing(
  given: ValueOf<typeof tracingConfiguration> | undefined,
): TracingConfiguration {
  return given === undefined ? NO_TRACING : { enabled: given.enabled ?? false };
}

/**
 * Throws InvalidEncryptionConfiguration. Keys of KMS are refused, because a server that took one
 * and stored plain text would deceive.
 */
export function readEncryption(
  given: ValueOf<typeof encryptionConfiguration> | undefined,
): EncryptionConfiguration | undefined {
  if (given === undefined) return undefined;
  if (given.type === "CUSTOMER_MANAGED_KMS_KEY") {
    throw errors.invalidEncryptionConfiguration(
      "this server does not encrypt with KMS keys; leave encryptionConfiguration out or set its type to AWS_OWNED_KEY",
    );
  }
  if (given.kmsKeyId !== undefined || given.kmsDataKeyReusePeriodSeconds !== undefined) {
    throw errors.invalidEncryptionConfiguration(
      "kmsKeyId and kmsDataKeyReusePeriodSeconds need the type CUSTOMER_MANAGED_KMS_KEY",
    );
  }
  return { type: given.type, kmsKeyId: undefined, kmsDataKeyReusePeriodSeconds: undefined };
}

export function showLogging(logging: LoggingConfiguration): Output {
  return {
    level: logging.level,
    includeExecutionData: logging.includeExecutionData,
    destinations:
      logging.logGroupArn === undefined
        ? undefined
        : [{ cloudWatchLogsLogGroup: { logGroupArn: logging.logGroupArn } }],
  };
}

export function showEncryption(encryption: EncryptionConfiguration | undefined): Output {
  return encryption === undefined ? { type: "AWS_OWNED_KEY" } : { ...encryption };
}
