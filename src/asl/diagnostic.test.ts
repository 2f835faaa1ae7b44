import { expect, test } from "vitest";
import { definitionError, Report } from "./diagnostic.ts";

test("joins the errors as AWS does, without warnings", () => {
  const report = new Report();
  report.error("MISSING_TRANSITION_TARGET", "Missing 'Next' target: pass3", "/States/pass1/Next");
  report.warning("NO_PATH", "looks like a path", "/States/pass1/Error");
  report.error("MISSING_END_STATE", "Workflow has no terminal state", undefined);
  expect(report.errors).toBe(2);
  expect(definitionError(report.diagnostics)).toBe(
    "MISSING_TRANSITION_TARGET: Missing 'Next' target: pass3 at /States/pass1/Next, " +
      "MISSING_END_STATE: Workflow has no terminal state at null",
  );
});
