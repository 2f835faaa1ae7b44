/** Reads `functions:` of a stepwell.yaml; every complaint names line, function, field and cure. */
import { stat } from "node:fs/promises";
import path from "node:path";
import {
  type Document,
  isMap,
  isScalar,
  LineCounter,
  parseDocument,
  type Scalar,
  type YAMLMap,
} from "yaml";
import {
  DEFAULT_CONCURRENCY,
  DEFAULT_TIMEOUT_SECONDS,
  type FunctionConfig,
  runtimeFamily,
} from "./function-config.ts";
import { inferRuntime } from "./infer-functions.ts";
import type { LoadedFunctions } from "./load-functions.ts";

const FIELDS = [
  "runtime",
  "handler",
  "code",
  "environment",
  "timeout",
  "memory",
  "concurrency",
] as const;
const NAME = /^[A-Za-z0-9_-]{1,64}$/;
const VARIABLE = /^[A-Za-z][A-Za-z0-9_]*$/;
const MAX_FUNCTIONS = 1_000;

/** Variables that the runtime itself sets. */
const RESERVED =
  /^(_HANDLER|_X_AMZN_TRACE_ID|LAMBDA_(TASK_ROOT|RUNTIME_DIR)|AWS_EXECUTION_ENV|AWS_LAMBDA_(RUNTIME_API|INITIALIZATION_TYPE|FUNCTION_.*|LOG_.*))$/;

/** @param text The file's content; relative paths in it are relative to the file. */
export async function readFunctionsFile(file: string, text: string): Promise<LoadedFunctions> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const [broken] = document.errors;
  if (broken !== undefined) {
    const line = lines.linePos(broken.pos[0]).line;
    const reason = broken.message.split(" at line")[0] ?? "";
    return { functions: [], problems: [`${file}:${line}: not valid YAML: ${reason}`] };
  }
  const reader = new FunctionsReader(file, document, lines);
  return { functions: await reader.read(), problems: reader.problems };
}

class FunctionsReader {
  readonly problems: string[] = [];
  readonly #file: string;
  readonly #document: Document;
  readonly #lines: LineCounter;

  constructor(file: string, document: Document, lines: LineCounter) {
    this.#file = file;
    this.#document = document;
    this.#lines = lines;
  }

  async read(): Promise<FunctionConfig[]> {
    const root = this.#document.contents;
    if (root === null) return [];
    if (!isMap(root)) {
      this.#complain([], "must be a mapping with the key 'functions'");
      return [];
    }
    if (!root.has("functions")) return [];
    const all = this.#document.getIn(["functions"], true);
    if (isScalar(all) && all.value === null) return [];
    if (!isMap(all)) {
      this.#complain(["functions"], "must be a mapping of function names to their settings");
      return [];
    }
    if (all.items.length > MAX_FUNCTIONS) {
      this.#complain(["functions"], `has more than ${MAX_FUNCTIONS} entries; split the file`);
      return [];
    }
    const functions: FunctionConfig[] = [];
    for (const { key } of all.items) {
      const config = await this.#function(String(isScalar(key) ? key.value : key));
      if (config !== undefined) functions.push(config);
    }
    return functions;
  }

  /** @returns undefined if something is wrong with the function. */
  async #function(name: string): Promise<FunctionConfig | undefined> {
    const before = this.problems.length;
    const at = ["functions", name];
    if (!NAME.test(name))
      this.#complain(at, "is no function name: use 1-64 letters, digits, - and _");
    const settings = this.#document.getIn(at, true);
    const empty = isScalar(settings) && settings.value === null;
    if (!isMap(settings) && !empty) {
      this.#complain(at, `must be a mapping with ${FIELDS.join(", ")}`);
      return undefined;
    }
    if (isMap(settings)) this.#checkFields(at, settings);
    const code = await this.#code(name);
    const runtime = this.#text([...at, "runtime"]);
    const handler = this.#text([...at, "handler"]);
    const inferred = code === undefined ? undefined : await this.#infer(at, code, runtime, handler);
    const config = {
      name,
      runtime: runtime ?? inferred?.runtime ?? "",
      handler: handler ?? inferred?.handler ?? "",
      code: code ?? "",
      environment: this.#environment([...at, "environment"]),
      timeoutSeconds: this.#number([...at, "timeout"], 1, 900) ?? DEFAULT_TIMEOUT_SECONDS,
      memory: this.#number([...at, "memory"], 64, 10_240),
      concurrency: this.#number([...at, "concurrency"], 1, 1_000) ?? DEFAULT_CONCURRENCY,
    };
    if (this.problems.length === before) this.#checkHandler(at, config);
    return this.problems.length === before ? config : undefined;
  }

  #checkFields(at: readonly string[], settings: YAMLMap): void {
    for (const { key } of settings.items) {
      const field = String(isScalar(key) ? key.value : key);
      if (!FIELDS.some((known) => known === field)) {
        this.#complain([...at, field], `is not known; known are ${FIELDS.join(", ")}`);
      }
    }
  }

  async #code(name: string): Promise<string | undefined> {
    const at = ["functions", name, "code"];
    const text = this.#text(at) ?? `./${name}`;
    const folder = path.resolve(path.dirname(this.#file), text);
    const facts = await stat(folder).catch(() => undefined);
    if (facts?.isDirectory() === true) return folder;
    const reason = facts === undefined ? "does not exist" : "is not a folder";
    this.#complain(
      at,
      `'${text}' ${reason}; it names the folder of the code, relative to this file`,
    );
    return undefined;
  }

  /** Fills in the runtime and the handler that were left out, from the files in the folder. */
  async #infer(
    at: readonly string[],
    code: string,
    runtime: string | undefined,
    handler: string | undefined,
  ): Promise<{ runtime: string; handler: string } | undefined> {
    if (runtime !== undefined) {
      const family = runtimeFamily(runtime);
      if (family === undefined) {
        this.#complain(
          [...at, "runtime"],
          `'${runtime}' cannot run here; use nodejs20.x, python3.11, or provided.al2023 with an executable 'bootstrap'`,
        );
        return undefined;
      }
      if (handler !== undefined || family === "provided") return { runtime, handler: "bootstrap" };
      const usual = family === "nodejs" ? "index.handler" : "lambda_function.lambda_handler";
      return { runtime, handler: usual };
    }
    const inferred = await inferRuntime(code);
    if (!("problem" in inferred)) return inferred;
    this.#complain([...at, "runtime"], `is missing and cannot be inferred: ${inferred.problem}`);
    return undefined;
  }

  #checkHandler(at: readonly string[], config: FunctionConfig): void {
    if (runtimeFamily(config.runtime) === "provided") return;
    const file = path.resolve(config.code, config.handler);
    if (!/[^/.]\.[^/]+$/.test(config.handler)) {
      this.#complain([...at, "handler"], `'${config.handler}' must have the form file.export`);
    } else if (path.relative(config.code, file).startsWith("..")) {
      this.#complain([...at, "handler"], `'${config.handler}' leaves the code folder`);
    }
  }

  #environment(at: readonly string[]): Record<string, string> {
    const node = this.#document.getIn(at, true);
    const result: Record<string, string> = {};
    if (node === undefined || (isScalar(node) && node.value === null)) return result;
    if (!isMap(node)) {
      this.#complain(at, "must be a mapping of variable names to values");
      return result;
    }
    for (const { key } of node.items) {
      const name = String(isScalar(key) ? key.value : key);
      const value = this.#document.getIn([...at, name], true);
      if (RESERVED.test(name)) {
        this.#complain([...at, name], "is reserved: the Lambda runtime sets it itself");
      } else if (!VARIABLE.test(name)) {
        this.#complain([...at, name], "is no variable name: use letters, digits and _");
      } else {
        const text = isScalar(value) ? scalarText(value) : undefined;
        if (text !== undefined) result[name] = text;
        else this.#complain([...at, name], "must be a text, a number, true or false");
      }
    }
    return result;
  }

  #text(at: readonly string[]): string | undefined {
    const value = this.#document.getIn(at);
    if (value === undefined) return undefined;
    if (typeof value === "string" && value !== "") return value;
    this.#complain(at, "must be a text that is not empty");
    return undefined;
  }

  #number(at: readonly string[], least: number, most: number): number | undefined {
    const value = this.#document.getIn(at);
    if (value === undefined) return undefined;
    if (typeof value === "number" && Number.isInteger(value) && value >= least && value <= most) {
      return value;
    }
    this.#complain(at, `must be a whole number from ${least} to ${most}`);
    return undefined;
  }

  /** Names the place by file, line and path; for a missing field the line of what should hold it. */
  #complain(at: readonly string[], text: string): void {
    for (let depth = at.length; depth >= 0; depth -= 1) {
      const node = this.#document.getIn(at.slice(0, depth), true);
      const range =
        typeof node === "object" && node !== null && "range" in node ? node.range : undefined;
      if (!Array.isArray(range) || typeof range[0] !== "number") continue;
      const line = this.#lines.linePos(range[0]).line;
      const place = at.length === 0 ? "the document" : at.join(".");
      this.problems.push(`${this.#file}:${line}: ${place} ${text}`);
      return;
    }
    this.problems.push(`${this.#file}: ${at.join(".")} ${text}`);
  }
}

/** A number or boolean as it was written: `1.0` stays `1.0`. */
function scalarText(scalar: Scalar): string | undefined {
  const { value } = scalar;
  if (typeof value === "string") return value;
  if (typeof value !== "number" && typeof value !== "boolean") return undefined;
  return scalar.source ?? String(value);
}
