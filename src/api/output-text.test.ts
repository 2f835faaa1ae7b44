import { expect, test } from "vitest";
import { JsonNumber } from "../json/number.ts";
import { outputText } from "./output-text.ts";

test.each([
  [{ a: 1, b: undefined, c: [{ d: undefined }] }, '{"a":1,"c":[{}]}'],
  [{ a: new JsonNumber("0.0"), b: undefined, c: [{ d: undefined }] }, '{"a":0.0,"c":[{}]}'],
])("leaves out members that are undefined", (output, text) => {
  expect(outputText(output)).toBe(text);
});
