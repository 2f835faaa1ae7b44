/** What can be said about a machine only when all of its states are known. */
import type { Report } from "./diagnostic.ts";
import type { Fields } from "./fields.ts";
import type { MachineScope } from "./source.ts";

/** Reports transitions to states that do not exist. AWS's text says `Next` wherever they stand. */
export function checkTargets(
  scope: MachineScope,
  names: ReadonlySet<string>,
  report: Report,
): void {
  for (const { to, location } of scope.transitions) {
    if (names.has(to)) continue;
    report.error("MISSING_TRANSITION_TARGET", `Missing 'Next' target: ${to}`, location);
  }
}

/**
 * Reports a state machine that cannot end, and else the states that nothing leads to. Like AWS, it
 * says nothing of the latter in a state machine that cannot end, asks for an end only at the top
 * level, and accepts states that only unreachable ones lead to; for those it has a warning.
 */
export function checkReachability(
  machine: Fields,
  scope: MachineScope,
  names: ReadonlySet<string>,
): void {
  const { report } = machine;
  if (machine.pointer === "" && !scope.terminal) {
    report.error("MISSING_END_STATE", "Workflow has no terminal state", undefined);
    return;
  }
  const targets = new Set(scope.transitions.map(({ to }) => to));
  const startExists = scope.transitions.some(({ from, to }) => from === undefined && names.has(to));
  const reached = startExists ? reachable(scope) : names;
  for (const name of names) {
    const location = `${machine.at("States")}/${name}`;
    const message = `State "${name}" is not reachable.`;
    if (!targets.has(name)) {
      report.error("MISSING_TRANSITION_TARGET", message, location);
    } else if (!reached.has(name)) {
      const why = `${message} Only states that are not reachable themselves lead to it`;
      report.warning("MISSING_TRANSITION_TARGET", why, location);
    }
  }
}

function reachable({ transitions }: MachineScope): ReadonlySet<string> {
  const targets = new Map<string | undefined, string[]>();
  for (const { from, to } of transitions) {
    const known = targets.get(from);
    if (known === undefined) targets.set(from, [to]);
    else known.push(to);
  }
  const reached = new Set<string>();
  const open: (string | undefined)[] = [undefined];
  while (open.length > 0) {
    for (const to of targets.get(open.pop()) ?? []) {
      if (reached.has(to)) continue;
      reached.add(to);
      open.push(to);
    }
  }
  return reached;
}
