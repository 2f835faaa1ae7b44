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
  activities: "/activities",
};
