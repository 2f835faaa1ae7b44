/** Definitions as YAML and back, with names in their order and numbers as they are written. */
import { isAlias, isMap, isScalar, isSeq, parseDocument, visit, type Node } from "yaml";

/** `json` must be JSON, which is YAML already: it is only laid out in another way. */
export function yamlOf(json: string): string {
  const document = parseDocument(json, { keepSourceTokens: true });
  visit(document, {
    Collection: (_, node) => {
      const isEmpty = node.items.length === 0;
      node.flow = isEmpty;
    },
    Scalar: (_, node) => {
      if (typeof node.value === "string") node.type = "PLAIN";
    },
  });
  return document.toString({ lineWidth: 100 });
}

/** Why a text is no YAML that can be written as JSON. */
export class YamlProblem extends Error {
  override readonly name = "YamlProblem";
}

/** Copies of an anchored part that a file may have: a small file can name a huge one. */
const MAX_ALIASES = 100;
const MAX_DEPTH = 200;

/** Throws YamlProblem. */
export function jsonOf(yaml: string): string {
  const document = parseDocument(yaml, { keepSourceTokens: true });
  const [error] = document.errors;
  if (error !== undefined) throw new YamlProblem(error.message.split("\n")[0]);
  let aliases = 0;
  const print = (node: Node | null, indent: string): string => {
    if (indent.length > 2 * MAX_DEPTH) throw new YamlProblem("The file is nested too deeply");
    if (node !== null && isAlias(node)) {
      aliases += 1;
      if (aliases > MAX_ALIASES) throw new YamlProblem(`More than ${MAX_ALIASES} aliases`);
      const anchored = node.resolve(document);
      if (anchored === undefined) throw new YamlProblem(`There is no &${node.source}`);
      return print(anchored, indent);
    }
    const inner = `${indent}  `;
    const lines = (open: string, items: readonly string[], close: string): string =>
      items.length === 0
        ? open + close
        : `${open}\n${items.map((item) => inner + item).join(",\n")}\n${indent}${close}`;
    if (isMap(node)) {
      const members = node.items.map(({ key, value }) => {
        const name = isScalar(key) ? String(key.value) : undefined;
        if (name === undefined) throw new YamlProblem("A name must be a text");
        return `${JSON.stringify(name)}: ${print(value as Node | null, inner)}`;
      });
      return lines("{", members, "}");
    }
    if (isSeq(node)) {
      return lines(
        "[",
        node.items.map((item) => print(item as Node | null, inner)),
        "]",
      );
    }
    return isScalar(node) ? scalarText(node.value, node.source) : "null";
  };
  return print(document.contents, "");
}

function scalarText(value: unknown, source: string | undefined): string {
  if (typeof value === "number" || typeof value === "bigint") {
    const isJson =
      source !== undefined && /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?$/.test(source);
    if (isJson) return source;
    if (!Number.isFinite(Number(value)))
      throw new YamlProblem(`${String(source)} is no number of JSON`);
    return String(value);
  }
  if (value === null || value === undefined) return "null";
  if (typeof value === "boolean") return String(value);
  return JSON.stringify(typeof value === "string" ? value : (source ?? ""));
}
