import { expect, it } from "vitest";
import { breadcrumbsOf } from "./breadcrumbs.ts";
import { paths } from "./paths.ts";

const MACHINE = "arn:aws:states:us-east-1:123456789012:stateMachine:order";
const EXECUTION = "arn:aws:states:us-east-1:123456789012:execution:order:run-1";
const MAP_RUN = "arn:aws:states:us-east-1:123456789012:mapRun:order/Each:0a-1";

it.each([
  ["/", "State machines"],
  [paths.stateMachines, "State machines"],
  [paths.createStateMachine, "State machines > Create state machine"],
  [paths.stateMachine(MACHINE), "State machines > order"],
  [paths.editStateMachine(MACHINE), "State machines > order > Edit"],
  [paths.execution(EXECUTION), "State machines > order > run-1"],
  [paths.compare(EXECUTION), "State machines > order > run-1 > Compare"],
  [paths.mapRun(MAP_RUN), "State machines > order > Map Run 0a-1"],
  [paths.activities, "Activities"],
  [paths.overview, "Overview"],
  [paths.inbox, "Inbox"],
])("of %s are %s", (path, expected) => {
  const texts = breadcrumbsOf(path).map(({ text }) => text);
  expect(texts.join(" > ")).toBe(`Stepwell > ${expected}`);
});
