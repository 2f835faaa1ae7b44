/**
 * Reads `connections:` of a YAML or JSON file: the connections of HTTP tasks, by name. Secrets stand
 * in environment variables, the file has references to them. Every complaint names line, field and
 * cure, and no complaint quotes a value.
 */
import { isMap, isScalar, LineCounter, parseDocument, type Document } from "yaml";
import {
  AUTHORIZATION_TYPES,
  type Authorization,
  type Connection,
  type ConnectionParameters,
  type Parameter,
  TOKEN_METHODS,
} from "./connection.ts";
import { type OpenedTarget, parseOpenedTarget } from "./http-access.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

export interface LoadedConnections {
  readonly connections: readonly Connection[];
  /** What is wrong, each naming file, line, connection, field and cure. The others can be used. */
  readonly problems: readonly string[];
}

const NAME = /^[.\-_A-Za-z0-9]{1,64}$/;
const REFERENCE = /\$\{env:([A-Za-z_][A-Za-z0-9_]*)\}/g;
const ONLY_REFERENCE = /^\$\{env:[A-Za-z_][A-Za-z0-9_]*\}$/;
const MAX_CONNECTIONS = 1_000;
const MAX_PARAMETERS = 100;
const HEADER_NAME = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

const COMMON = ["type", "hosts", "headerParameters", "queryStringParameters", "bodyParameters"];
const OWN: Readonly<Record<Authorization["type"], readonly string[]>> = {
  API_KEY: ["apiKeyName", "apiKeyValue"],
  BASIC: ["username", "password"],
  OAUTH_CLIENT_CREDENTIALS: [
    "authorizationEndpoint",
    "httpMethod",
    "clientId",
    "clientSecret",
    "oauthHttpParameters",
  ],
};
const PARAMETER_FIELDS = ["headerParameters", "queryStringParameters", "bodyParameters"];

/**
 * @param file Its name, for messages.
 * @param mayHaveNone Whether the file is there for something else, too.
 */
export function readConnectionsFile(
  file: string,
  text: string,
  environment: Environment,
  mayHaveNone = false,
): LoadedConnections {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const [broken] = document.errors;
  if (broken !== undefined) {
    const line = lines.linePos(broken.pos[0]).line;
    return { connections: [], problems: [`${file}:${line}: is neither YAML nor JSON`] };
  }
  const reader = new ConnectionsReader(file, document, lines, environment);
  return { connections: reader.read(mayHaveNone), problems: reader.problems };
}

type Path = readonly (string | number)[];

class ConnectionsReader {
  readonly problems: string[] = [];
  readonly #file: string;
  readonly #document: Document;
  readonly #lines: LineCounter;
  readonly #environment: Environment;

  constructor(file: string, document: Document, lines: LineCounter, environment: Environment) {
    this.#file = file;
    this.#document = document;
    this.#lines = lines;
    this.#environment = environment;
  }

  read(mayHaveNone: boolean): Connection[] {
    const root = this.#document.contents;
    if (mayHaveNone && (root === null || (isMap(root) && !root.has("connections")))) return [];
    if (!isMap(root) || !root.has("connections")) {
      this.#complain([], "must be a mapping with the key 'connections'");
      return [];
    }
    const names = this.#names(["connections"], "names of connections to their settings");
    if (names.length > MAX_CONNECTIONS) {
      this.#complain(["connections"], `has more than ${MAX_CONNECTIONS} entries`);
      return [];
    }
    return names.flatMap((name) => this.#connection(name) ?? []);
  }

  #connection(name: string): Connection | undefined {
    const before = this.problems.length;
    const at = ["connections", name];
    if (!NAME.test(name)) this.#complain(at, "is no name: use 1-64 letters, digits, ., - and _");
    const type = this.#oneOf([...at, "type"], AUTHORIZATION_TYPES);
    const known = type === undefined ? Object.values(OWN).flat() : OWN[type];
    this.#checkFields(at, [...COMMON, ...known]);
    const authorization = type === undefined ? undefined : this.#authorization(at, type);
    const parameters = this.#parameters(at);
    const hosts = this.#hosts([...at, "hosts"]);
    if (authorization === undefined || this.problems.length > before) return undefined;
    return { name, authorization, parameters, hosts };
  }

  #authorization(at: Path, type: Authorization["type"]): Authorization {
    switch (type) {
      case "API_KEY":
        return {
          type,
          apiKeyName: this.#headerName([...at, "apiKeyName"]),
          apiKeyValue: this.#secret([...at, "apiKeyValue"]),
        };
      case "BASIC":
        return {
          type,
          username: this.#text([...at, "username"]),
          password: this.#secret([...at, "password"]),
        };
      case "OAUTH_CLIENT_CREDENTIALS": {
        const method = [...at, "httpMethod"];
        const of = [...at, "oauthHttpParameters"];
        if (this.#has(of)) this.#checkFields(of, PARAMETER_FIELDS);
        return {
          type,
          authorizationEndpoint: this.#endpoint([...at, "authorizationEndpoint"]),
          httpMethod:
            (this.#has(method) ? this.#oneOf(method, TOKEN_METHODS) : undefined) ?? "POST",
          clientId: this.#text([...at, "clientId"]),
          clientSecret: this.#secret([...at, "clientSecret"]),
          parameters: this.#parameters(of),
        };
      }
    }
  }

  #parameters(at: Path): ConnectionParameters {
    const headers = this.#pairs([...at, "headerParameters"]);
    for (const [name] of headers) {
      if (!HEADER_NAME.test(name)) {
        this.#complain([...at, "headerParameters", name], "is no name of a header");
      }
    }
    return {
      headers,
      query: this.#pairs([...at, "queryStringParameters"]),
      body: this.#pairs([...at, "bodyParameters"]),
    };
  }

  #pairs(at: Path): Parameter[] {
    if (!this.#has(at)) return [];
    const names = this.#names(at, "names to texts");
    if (names.length > MAX_PARAMETERS) {
      this.#complain(at, `has more than ${MAX_PARAMETERS} entries`);
      return [];
    }
    return names.map((name): Parameter => [name, this.#text([...at, name])]);
  }

  #hosts(at: Path): OpenedTarget[] | undefined {
    if (!this.#has(at)) return undefined;
    const value: unknown = this.#document.toJS({ maxAliasCount: 0 });
    let list = value;
    for (const key of at) list = (list as Record<string, unknown>)[key];
    if (!Array.isArray(list) || list.length === 0) {
      this.#complain(at, "must be a list of hosts such as [api.example.com]");
      return [];
    }
    return list.flatMap((host: unknown, index): OpenedTarget[] => {
      const target = parseOpenedTarget(String(host));
      if (!("problem" in target)) return [target];
      this.#complain([...at, index], target.problem);
      return [];
    });
  }

  #endpoint(at: Path): string {
    const text = this.#text(at);
    if (text !== "" && !/^https?:\/\/[^/@]+(\/|$)/i.test(text)) {
      this.#complain(at, "must be an https URL without a user name");
    }
    return text;
  }

  #headerName(at: Path): string {
    const name = this.#text(at);
    if (name !== "" && !HEADER_NAME.test(name)) this.#complain(at, "must be the name of a header");
    return name;
  }

  /** Only a reference: what stands in a file is copied, committed and shown. */
  #secret(at: Path): string {
    const value = this.#document.getIn(at);
    if (typeof value === "string" && !ONLY_REFERENCE.test(value)) {
      this.#complain(
        at,
        "is a secret and must not stand in the file; put it into an environment variable and write ${env:NAME}",
      );
      return "";
    }
    return this.#text(at);
  }

  /** With references to the environment replaced; "" after a complaint. */
  #text(at: Path): string {
    const value = this.#document.getIn(at);
    if (value === undefined || value === null) {
      this.#complain(at, "is missing");
      return "";
    }
    if (typeof value !== "string" && typeof value !== "number" && typeof value !== "boolean") {
      this.#complain(at, "must be a text");
      return "";
    }
    return String(value).replace(REFERENCE, (_all, name: string) => {
      const found = this.#environment[name];
      if (found !== undefined && found !== "") return found;
      this.#complain(at, `needs the environment variable ${name}, which is not set`);
      return "";
    });
  }

  #oneOf<const Word extends string>(at: Path, words: readonly Word[]): Word | undefined {
    const value = this.#document.getIn(at);
    const word = words.find((candidate) => candidate === value);
    if (word === undefined) this.#complain(at, `must be one of ${words.join(", ")}`);
    return word;
  }

  #checkFields(at: Path, known: readonly string[]): void {
    for (const name of this.#names(at, known.join(", "))) {
      if (known.includes(name)) continue;
      this.#complain([...at, name], `is not known; the fields are ${known.join(", ")}`);
    }
  }

  /** The keys of a mapping; `what` tells what it should have been. */
  #names(at: Path, what: string): string[] {
    const node = this.#document.getIn(at, true);
    if (isMap(node)) {
      return node.items.map(({ key }) => String(isScalar(key) ? key.value : key));
    }
    if (!(isScalar(node) && node.value === null))
      this.#complain(at, `must be a mapping of ${what}`);
    return [];
  }

  #has(at: Path): boolean {
    return this.#document.hasIn(at);
  }

  #complain(at: Path, problem: string): void {
    const place = this.#lineOf(at);
    const name = at.join(".");
    this.problems.push(`${this.#file}:${place}: ${name === "" ? "the file" : name} ${problem}`);
  }

  /** The line of the field, or of what it is missing in. */
  #lineOf(at: Path): number {
    for (let length = at.length; length > 0; length--) {
      const path = at.slice(0, length);
      const parent = this.#document.getIn(path.slice(0, -1), true);
      const node = this.#document.getIn(path, true);
      const key = isMap(parent)
        ? parent.items.find(({ key: one }) => isScalar(one) && one.value === path.at(-1))?.key
        : node;
      const range = (key as { range?: readonly number[] | null } | undefined)?.range;
      if (range?.[0] !== undefined) return this.#lines.linePos(range[0]).line;
    }
    return 1;
  }
}
