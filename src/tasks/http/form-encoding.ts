/** Query strings and `application/x-www-form-urlencoded` bodies as AWS writes them. */
import type { Json } from "../../json/json.ts";
import { isArray, isObject } from "../../json/kind.ts";
import { stringify } from "../../json/stringify.ts";

export type ArrayFormat = "INDICES" | "REPEAT" | "COMMAS" | "BRACKETS";

/** Percent-encodes all but the unreserved characters of RFC 3986; a blank becomes `%20`. */
export function percentEncode(text: string): string {
  // Half of a pair cannot be written in UTF-8.
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, "\uFFFD")).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

export function queryString(pairs: readonly (readonly [name: string, value: string])[]): string {
  return pairs.map(([name, value]) => `${percentEncode(name)}=${percentEncode(value)}`).join("&");
}

/** Members of members are written `a[b]`. */
export function formBody(body: Json, format: ArrayFormat): string {
  const pairs: [string, string][] = [];
  const add = (name: string, value: Json): void => {
    if (isObject(value)) {
      for (const [key, member] of Object.entries(value)) {
        add(name === "" ? key : `${name}[${key}]`, member);
      }
    } else if (!isArray(value)) {
      pairs.push([name, scalarText(value)]);
    } else if (format === "COMMAS" && value.every(isScalar)) {
      pairs.push([name, value.map(scalarText).join(",")]);
    } else {
      for (const [index, element] of value.entries())
        add(elementName(name, index, format), element);
    }
  };
  add("", body);
  return queryString(pairs);
}

/** A text as it is, a number as it was written, nothing for null. */
export function scalarText(value: Json): string {
  if (value === null) return "";
  return typeof value === "string" ? value : stringify(value);
}

/** What is joined by commas cannot hold objects and lists; these get indices. */
function elementName(name: string, index: number, format: ArrayFormat): string {
  if (format === "REPEAT") return name;
  return format === "BRACKETS" ? `${name}[]` : `${name}[${index}]`;
}

function isScalar(value: Json): boolean {
  return !isArray(value) && !isObject(value);
}
