/** For tests of everything but TestState. */
import type { StateTester } from "../../engine/test-state/state-tester.ts";

export const noStateTester: StateTester = {
  resultShapes: { find: () => Promise.resolve(undefined) },
  test: () => Promise.reject(new Error("no state is tested here")),
};
