import { expect, it } from "vitest";
import { definitionDiagnostics } from "../../editor/definition-diagnostics.ts";
import { BLANK, TEMPLATES } from "./templates.ts";

it.each(TEMPLATES.filter(({ id }) => id !== BLANK))(
  "$title is valid, without a warning",
  ({ definition }) => {
    expect(definitionDiagnostics(definition, "STANDARD")).toEqual([]);
  },
);
