/** What a waiting task waits for, in short. `resource`: ARN of the resource. */
export function waitingFor(resource: string): string {
  const activity = /:activity:(.+)$/.exec(resource)?.[1];
  if (activity !== undefined) return `Activity ${activity}`;
  const service = /:states:::(.+?)(?:\.waitForTaskToken)?$/.exec(resource)?.[1];
  return service === undefined ? resource : `Callback of ${service}`;
}
