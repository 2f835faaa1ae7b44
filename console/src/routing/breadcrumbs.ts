/** Where a page stands. */
import { nameOf, stateMachineArnOf } from "./arns.ts";
import { paths } from "./paths.ts";

export interface Breadcrumb {
  readonly text: string;
  readonly href: string;
}

/** From the top to the page of `pathname`. */
export function breadcrumbsOf(pathname: string): readonly Breadcrumb[] {
  const [, section, id, action] = pathname.split("/").map(decodeURIComponent);
  const root = { text: "Stepwell", href: paths.stateMachines };
  const machines = { text: "State machines", href: paths.stateMachines };
  if (section === "activities") return [root, { text: "Activities", href: paths.activities }];
  if (section === "overview") return [root, { text: "Overview", href: paths.overview }];
  if (section === "inbox") return [root, { text: "Inbox", href: paths.inbox }];
  if (id === undefined) return [root, machines];
  if (id === "create") {
    return [root, machines, { text: "Create state machine", href: paths.createStateMachine }];
  }
  if (section === "executions") {
    const arn = stateMachineArnOf(id);
    const machine = { text: nameOf(arn), href: paths.stateMachine(arn) };
    return [root, machines, machine, { text: nameOf(id), href: paths.execution(id) }];
  }
  if (section === "compare") {
    const arn = stateMachineArnOf(id);
    const machine = { text: nameOf(arn), href: paths.stateMachine(arn) };
    const execution = { text: nameOf(id), href: paths.execution(id) };
    return [root, machines, machine, execution, { text: "Compare", href: paths.compare(id) }];
  }
  if (section === "map-runs") {
    const arn = stateMachineArnOf(id);
    const machine = { text: nameOf(arn), href: paths.stateMachine(arn) };
    return [root, machines, machine, { text: `Map Run ${nameOf(id)}`, href: paths.mapRun(id) }];
  }
  const machine = { text: nameOf(id), href: paths.stateMachine(id) };
  if (action !== "edit") return [root, machines, machine];
  return [root, machines, machine, { text: "Edit", href: paths.editStateMachine(id) }];
}
