/** What ARNs tell. */

/** The last part: the name of a state machine, an execution or an activity. */
export function nameOf(arn: string): string {
  return arn.split(":").at(-1) ?? arn;
}

/** The state machine that an execution belongs to; of a child of a Map Run that of its parent. */
export function stateMachineArnOf(executionArn: string): string {
  const [prefix, partition, service, region, account, , path = ""] = executionArn.split(":");
  const [name] = path.split("/");
  return [prefix, partition, service, region, account, "stateMachine", name].join(":");
}
