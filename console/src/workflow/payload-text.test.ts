import { expect, it } from "vitest";
import { JsonSource } from "../document/json-source.ts";
import { payloadText, readPayload } from "./payload-text.ts";

it.each([
  ['"{% $states.input.a %}"', "{% $states.input.a %}"],
  [String.raw`"{% 'a\nb' %}"`, "{% 'a\nb' %}"],
  ['{ "a":  1.0 }', '{ "a":  1.0 }'],
  ['"text"', '"text"'],
])("%s is shown as %s, and comes back", (json, shown) => {
  const source = JsonSource.read(json)!;
  expect(payloadText(source)).toBe(shown);
  expect(readPayload(shown)?.value).toEqual(source.value);
});

it.each([["{% unfinished"], ["text"], [""], ["{,}"]])(
  "%j is neither JSON nor an expression",
  (text) => {
    expect(readPayload(text)).toBeUndefined();
  },
);
