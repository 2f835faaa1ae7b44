/** Answers the calls of mocked states in place of their services. */
import type { TaskCall, TaskReport, TaskRunner } from "../engine/ports.ts";
import type { MockedServices } from "./mocked-services.ts";

/**
 * A task runner that answers what `mocks` covers and gives everything else to `real`. It reports what
 * the service would have: a job or a callback is submitted first. Nothing is known of the answer to
 * that, so TaskSubmitted shows the result, or `{}` before an error.
 */
export function mockingTaskRunner(real: TaskRunner, mocks: MockedServices): TaskRunner {
  let closed = false;
  return {
    mocks: (call) => mocks.covers(call),
    run(call, report) {
      if (call.testCase === undefined || !mocks.covers(call)) return real.run(call, report);
      let cancelled = false;
      // The caller gets its cancel function before the first report.
      queueMicrotask(() => {
        if (!cancelled && !closed) answer(call, report, mocks);
      });
      return () => {
        cancelled = true;
      };
    },
    close() {
      closed = true;
      return real.close();
    },
  };
}

function answer(call: TaskCall, report: TaskReport, mocks: MockedServices): void {
  const outcome = mocks.answer(call);
  report.started();
  const submits = call.resource.type === "Service" && call.resource.pattern !== "RequestResponse";
  if (submits && !call.submitted) {
    report.submitted(outcome.type === "Return" ? outcome.result : {});
  }
  if (outcome.type === "Return") report.succeeded(outcome.result);
  else report.failed(outcome.error, outcome.cause);
}
