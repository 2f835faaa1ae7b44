import { expect, it } from "vitest";
import { findState } from "./find-state.ts";

const definition = {
  States: {
    A: { Type: "Pass" },
    P: {
      Type: "Parallel",
      Branches: [
        { States: { B: { Type: "Wait" } } },
        { States: { M: { Type: "Map", ItemProcessor: { States: { C: { Type: "Fail" } } } } } },
      ],
    },
  },
};

it.each([
  ["A", { Type: "Pass" }],
  ["B", { Type: "Wait" }],
  ["C", { Type: "Fail" }],
  ["D", undefined],
])("finds %s however deep it is", (name, state) => {
  expect(findState(definition, name)).toEqual(state);
});
