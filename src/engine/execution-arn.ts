/** ARNs of executions: `arn:aws:states:REGION:ACCOUNT:execution:MACHINE:NAME`. */

/** ARN of a STANDARD execution of the machine with that ARN. */
export function executionArn(machineArn: string, name: string): string {
  return `${machineArn.replace(":stateMachine:", ":execution:")}:${name}`;
}

/** ARN of an EXPRESS execution: `...:express:MACHINE:NAME:UUID`. */
export function expressArn(machineArn: string, name: string, uuid: string): string {
  return `${machineArn.replace(":stateMachine:", ":express:")}:${name}:${uuid}`;
}

/** The two names in the ARN of a STANDARD execution; undefined if it is not one. */
export function parseExecutionArn(
  arn: string,
): { readonly machineArn: string; readonly name: string } | undefined {
  const match = /^(arn:[^:]*:states:[^:]*:[^:]*):execution:([^:]+):([^:]+)$/u.exec(arn);
  if (match === null) return undefined;
  return { machineArn: `${match[1]}:stateMachine:${match[2]}`, name: match[3]! };
}

/**
 * The two names in the ARN of an EXPRESS child execution of a Map Run, whose UUID is its name; undefined
 * if it is not one.
 */
export function parseExpressChildArn(
  arn: string,
): { readonly machineArn: string; readonly name: string } | undefined {
  const match = /^(arn:[^:]*:states:[^:]*:[^:]*):express:([^:]+\/[^:]+):([^:]+):([^:]+)$/u.exec(
    arn,
  );
  if (match === null || match[3] !== match[4]) return undefined;
  return { machineArn: `${match[1]}:stateMachine:${match[2]}`, name: match[3]! };
}

/** ARN of a child execution of a Map Run. */
export function childArn(
  machineArn: string,
  name: string,
  type: "STANDARD" | "EXPRESS" | undefined,
): string {
  return type === "EXPRESS" ? expressArn(machineArn, name, name) : executionArn(machineArn, name);
}
