/** Settings of a state machine that AWS keeps beside its definition, as they are stored. */

export interface LoggingConfiguration {
  readonly level: "ALL" | "ERROR" | "FATAL" | "OFF";
  readonly includeExecutionData: boolean;
  /** ARN of the CloudWatch log group, ending in `:*`; undefined: none was given. */
  readonly logGroupArn: string | undefined;
}

export interface TracingConfiguration {
  readonly enabled: boolean;
}

export interface EncryptionConfiguration {
  readonly type: "AWS_OWNED_KEY" | "CUSTOMER_MANAGED_KMS_KEY";
  readonly kmsKeyId: string | undefined;
  /** Seconds, 60 to 900. */
  readonly kmsDataKeyReusePeriodSeconds: number | undefined;
}

/** What can be set with CreateStateMachine and changed with UpdateStateMachine. */
export interface MachineConfiguration {
  readonly logging: LoggingConfiguration;
  readonly tracing: TracingConfiguration;
  /** Undefined: none was given, which means AWS_OWNED_KEY. */
  readonly encryption: EncryptionConfiguration | undefined;
}

export const NO_LOGGING: LoggingConfiguration = {
  level: "OFF",
  includeExecutionData: false,
  logGroupArn: undefined,
};

export const NO_TRACING: TracingConfiguration = { enabled: false };

export function sameConfiguration(a: MachineConfiguration, b: MachineConfiguration): boolean {
  return (
    a.logging.level === b.logging.level &&
    a.logging.includeExecutionData === b.logging.includeExecutionData &&
    a.logging.logGroupArn === b.logging.logGroupArn &&
    a.tracing.enabled === b.tracing.enabled &&
    sameEncryption(a.encryption, b.encryption)
  );
}

/** Whether two encryption settings mean the same; undefined is AWS_OWNED_KEY. */
export function sameEncryption(
  a: EncryptionConfiguration | undefined,
  b: EncryptionConfiguration | undefined,
): boolean {
  return (
    (a?.type ?? "AWS_OWNED_KEY") === (b?.type ?? "AWS_OWNED_KEY") &&
    a?.kmsKeyId === b?.kmsKeyId &&
    a?.kmsDataKeyReusePeriodSeconds === b?.kmsDataKeyReusePeriodSeconds
  );
}
