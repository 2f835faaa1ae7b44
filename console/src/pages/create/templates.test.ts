import { expect, it } from "vitest";
import { parseDefinition } from "../../../../src/asl/parse-definition.ts";
import { BLANK, TEMPLATES } from "./templates.ts";

it.each(TEMPLATES.filter(({ id }) => id !== BLANK))(
  "$title is valid, without a warning",
  ({ definition }) => {
    expect(parseDefinition(definition, { type: "STANDARD" }).diagnostics).toEqual([]);
  },
);
