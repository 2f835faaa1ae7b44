/** The console's addresses. ARNs stand in them readably: a colon need not be escaped in a path. */

function segment(text: string): string {
  return encodeURIComponent(text).replaceAll("%3A", ":");
}

export const paths = {
  stateMachines: "/state-machines",
  createStateMachine: "/state-machines/create",
  stateMachine: (arn: string): string => `/state-machines/${segment(arn)}`,
  editStateMachine: (arn: string): string => `/state-machines/${segment(arn)}/edit`,
  execution: (arn: string): string => `/executions/${segment(arn)}`,
  /** As it was after an event. */
  executionAt: (arn: string, eventId: number): string =>
    `/executions/${segment(arn)}?event=${eventId}`,
  mapRun: (arn: string): string => `/map-runs/${segment(arn)}`,
  /** `other` undefined: to be chosen. */
  compare: (arn: string, other?: string): string =>
    `/compare/${segment(arn)}${other === undefined ? "" : `?other=${encodeURIComponent(other)}`}`,
  overview: "/overview",
  inbox: "/inbox",
  activities: "/activities",
};
