/** Places inside of a JSON document. */

/** From the root: names of members and indexes of elements. */
export type JsonPath = readonly (string | number)[];

export function samePath(a: JsonPath, b: JsonPath): boolean {
  return a.length === b.length && isInside(a, b);
}

/** Whether `path` is `outer` or a place in it. */
export function isInside(path: JsonPath, outer: JsonPath): boolean {
  return outer.length <= path.length && outer.every((step, index) => path[index] === step);
}

/** `inner` as seen from `outer`, in which it is. */
export function relativePath(inner: JsonPath, outer: JsonPath): JsonPath {
  return inner.slice(outer.length);
}

/** As src/asl writes locations: `/States/Pick/Choices[0]/Next`; empty for the root. */
export function pointerOf(path: JsonPath): string {
  return path.map((step) => (typeof step === "number" ? `[${step}]` : `/${step}`)).join("");
}

/** A text that two paths have in common only if they are the same; for the keys of maps. */
export function pathKey(path: JsonPath): string {
  return JSON.stringify(path);
}
