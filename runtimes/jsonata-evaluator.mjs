// Evaluates JSONata expressions of state machines for the server, which starts this script without any
// permission, with little memory, and kills it when an expression takes too long. Arguments: the path of
// the jsonata library, and the bounds as JSON. Messages: see src/evaluator/protocol.ts.
import { createHash, randomUUID } from "node:crypto";
import { createRequire } from "node:module";

const [, , libraryPath, boundsText] = process.argv;
const jsonata = createRequire(import.meta.url)(libraryPath);
const bounds = JSON.parse(boundsText);

const MEMORY = "Expression evaluation memory limit exceeded: Check for excessive memory usage";
const TIMEOUT = "Expression evaluation timeout: Check for infinite loop";
const STACK =
  "Stack overflow error: Check for non-terminating recursive function.  Consider rewriting as tail-recursive.";
const ALGORITHMS = new Map(
  ["MD5", "SHA-1", "SHA-256", "SHA-384", "SHA-512"].map((name) => [name, name.replace("-", "")]),
);

// Expressions have no way to these; should one find it, it meets nothing of use and changes nothing
// that the next expression sees.
for (const name of ["fetch", "WebSocket", "EventSource", "XMLHttpRequest"]) delete globalThis[name];
const send = process.send.bind(process);
const types = [Object, Function, String, Number, Boolean, RegExp, Promise, Date, Map, Set, Symbol];
for (const type of types) Object.freeze(type.prototype);
// The library puts a `push` of its own on arrays, which a frozen prototype would forbid.
Object.seal(Array.prototype);

/** Compiled expressions, least recently used first. */
const compiled = new Map();

process.on("disconnect", () => process.exit(0));
process.on("message", (request) => void answer(request));
send({ ready: true });

async function answer({ id, expressions, states, variables }) {
  for (const [index, text] of expressions.entries()) {
    send({ id, index, ...(await evaluate(text, states, variables)) });
  }
  send({ id, end: true, rss: process.memoryUsage.rss() });
}

async function evaluate(text, states, variables) {
  try {
    // Parsed anew for each expression: the library marks the arrays it is given, and expressions can
    // make it change objects.
    const bindings = { states: lazily(states) };
    for (const [name, json] of Object.entries(variables)) {
      if (text.includes(`$${name}`)) bindings[name] = JSON.parse(json);
    }
    const value = await compile(text).evaluate(undefined, bindings);
    if (value === undefined) return { kind: "nothing" };
    return { kind: "value", json: print(value) };
  } catch (error) {
    return failure(error);
  }
}

/** An object whose members are parsed when they are read first. */
function lazily(texts) {
  const object = {};
  for (const [name, json] of Object.entries(texts)) {
    let value;
    Object.defineProperty(object, name, {
      enumerable: true,
      configurable: true,
      get() {
        value ??= { parsed: JSON.parse(json) };
        return value.parsed;
      },
    });
  }
  return object;
}

function compile(text) {
  let expression = compiled.get(text);
  if (expression === undefined) {
    expression = jsonata(text, {
      timeout: bounds.timeout,
      stack: bounds.stack,
      sequence: bounds.sequence,
    });
    adapt(expression);
    if (compiled.size >= bounds.compiled) compiled.delete(compiled.keys().next().value);
  } else {
    compiled.delete(text);
  }
  compiled.set(text, expression);
  return expression;
}

/** AWS's functions, and AWS's lack of `$eval`. */
function adapt(expression) {
  expression.assign("eval", undefined);
  expression.registerFunction("pad", pad, "<s-ns?:s>");
  expression.registerFunction("partition", partition, "<an:a>");
  expression.registerFunction("range", range, "<nnn?:a<n>>");
  expression.registerFunction("hash", hash, "<ss?:s>");
  expression.registerFunction("random", random, "<n?:n>");
  expression.registerFunction("uuid", () => randomUUID(), "<:s>");
  expression.registerFunction("parse", parse, "<s:x>");
}

/** Like the library's, without the time that it takes for a width of millions. */
function pad(text, width, fill) {
  if (text === undefined) return undefined;
  const missing = Math.abs(Math.trunc(width)) - Array.from(text).length;
  if (!(missing > 0)) return text;
  if (missing > bounds.text) throw plain(MEMORY);
  const characters = Array.from(fill === undefined || fill === "" ? " " : fill);
  let padding = characters.join("").repeat(Math.floor(missing / characters.length));
  padding += characters.slice(0, missing % characters.length).join("");
  return width > 0 ? text + padding : padding + text;
}

function partition(list, chunk) {
  if (list === undefined || chunk === undefined) return undefined;
  const size = Math.trunc(chunk);
  if (!(size >= 1) || list.length === 0) return undefined;
  const chunks = [];
  for (let index = 0; index < list.length; index += size) {
    chunks.push(Array.from(list.slice(index, index + size)));
  }
  return chunks;
}

function range(first, last, by) {
  if (first === undefined || last === undefined || by === undefined) return undefined;
  const [start, end, step] = [first, last, by].map(Math.trunc);
  const count = step === 0 ? 0 : Math.floor((end - start) / step) + 1;
  if (!(count > 0)) return undefined;
  if (count > bounds.range) throw plain(MEMORY);
  const items = this.createSequence();
  for (let index = 0; index < count; index += 1) items.push(start + index * step);
  return items;
}

function hash(text, algorithm) {
  if (text === undefined || algorithm === undefined) return undefined;
  const name = ALGORITHMS.get(algorithm);
  if (name === undefined) {
    throw plain(
      `Unknown algorithm '${algorithm}': use one of ${[...ALGORITHMS.keys()].join(", ")}`,
    );
  }
  return createHash(name).update(text).digest("hex");
}

/** With a seed, the first number of java.util.Random, as AWS gives it. */
function random(seed) {
  if (seed === undefined) return Math.random();
  const mask = (1n << 48n) - 1n;
  let state = (BigInt(Math.trunc(Number.isFinite(seed) ? seed : 0)) ^ 0x5deece66dn) & mask;
  const next = (bits) => {
    state = (state * 0x5deece66dn + 0xbn) & mask;
    return state >> (48n - bits);
  };
  const high = next(26n);
  return Number((high << 27n) + next(27n)) / 2 ** 53;
}

function parse(text) {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw plain("The argument of the parse function is not valid JSON");
  }
}

/** An error without a code: AWS says it in another way than those that JSONata knows. */
function plain(message) {
  return { message };
}

function failure(error) {
  if (error === TOO_LARGE) return { kind: "tooLarge" };
  if (error === UNSUPPORTED) return { kind: "unsupported" };
  switch (error?.code) {
    case "D1011":
      return threw(undefined, `${STACK} Depth=${bounds.stack + 1} max=${bounds.stack}`);
    case "D1012":
      return threw(undefined, TIMEOUT);
    case "D2014":
    case "D2015":
      return threw(undefined, MEMORY);
    default:
  }
  if (error instanceof RangeError) {
    return threw(undefined, /call stack/u.test(error.message) ? STACK : MEMORY);
  }
  const code = typeof error?.code === "string" ? error.code : undefined;
  return threw(code, String(error?.message ?? "The expression could not be evaluated"));
}

function threw(code, message) {
  const shown =
    message.length > bounds.message ? `${message.slice(0, bounds.message)}...` : message;
  return { kind: "threw", ...(code === undefined ? {} : { code }), message: shown };
}

const TOO_LARGE = Symbol("too large");
const UNSUPPORTED = Symbol("unsupported");

/** The value as JSON text; numbers that JSON lacks become texts, as on AWS. */
function print(root) {
  const parts = [];
  let size = 0;
  const put = (text) => {
    size += text.length;
    if (size > bounds.result) throw TOO_LARGE;
    parts.push(text);
  };
  const write = (value, depth) => {
    if (depth > bounds.depth) throw TOO_LARGE;
    switch (typeof value) {
      case "string":
        if (value.length > bounds.result) throw TOO_LARGE;
        return put(JSON.stringify(value));
      case "number":
        return put(Number.isFinite(value) ? JSON.stringify(value) : `"${value}"`);
      case "boolean":
        return put(value ? "true" : "false");
      case "undefined":
        return put("null");
      case "object":
        break;
      default:
        throw UNSUPPORTED;
    }
    if (value === null) return put("null");
    if (Array.isArray(value)) {
      for (let index = 0; index < value.length; index += 1) {
        put(index === 0 ? "[" : ",");
        write(value[index], depth + 1);
      }
      return put(value.length === 0 ? "[]" : "]");
    }
    if (value._jsonata_lambda === true || value._jsonata_function === true) throw UNSUPPORTED;
    let open = "{";
    for (const key of Object.keys(value)) {
      if (value[key] === undefined) continue;
      put(`${open}${JSON.stringify(key)}:`);
      write(value[key], depth + 1);
      open = ",";
    }
    return put(open === "{" ? "{}" : "}");
  };
  write(root, 0);
  const text = parts.join("");
  if (Buffer.byteLength(text) > bounds.result) throw TOO_LARGE;
  return text;
}
