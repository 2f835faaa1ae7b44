/** The files of the built web console, with what a browser needs to know of them. */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";

/** One representation of a file. */
export interface FileContent {
  readonly bytes: Buffer;
  readonly etag: string;
}

export interface ConsoleFile {
  readonly type: string;
  /** Its name changes with its content. */
  readonly isImmutable: boolean;
  /** By content coding: `identity` always, `br` and `gzip` if the build made them. */
  readonly contents: ReadonlyMap<string, FileContent>;
}

/** What the build appends to a compressed file's name, in order of preference. */
const CODINGS = [
  ["br", ".br"],
  ["gzip", ".gz"],
] as const;

const TYPES: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".woff2": "font/woff2",
};

/** Vite puts what it names after a hash of the content here. */
const IMMUTABLE_FOLDER = "assets/";

export class ConsoleFiles {
  /** The page that every path of the console begins with. */
  readonly index: string;
  readonly #folder: string;
  /** Paths without the leading slash; nothing else is ever read. */
  readonly #paths: ReadonlySet<string>;
  readonly #loaded = new Map<string, ConsoleFile>();

  private constructor(folder: string, paths: ReadonlySet<string>) {
    this.#folder = folder;
    this.#paths = paths;
    this.index = readFileSync(join(folder, "index.html"), "utf8");
  }

  /** Undefined: the console is not built into this folder. */
  static open(folder: string): ConsoleFiles | undefined {
    if (!existsSync(join(folder, "index.html"))) return undefined;
    const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(folder.length))
      .map((path) => path.replaceAll("\\", "/").replace(/^\//, ""));
    return new ConsoleFiles(folder, new Set(paths));
  }

  /** `path` as in a URL, decoded, such as `/assets/app-1a2b.js`. Files are kept once they were read. */
  find(path: string): ConsoleFile | undefined {
    const name = path.slice(1);
    const type = TYPES[extname(name)];
    if (!this.#paths.has(name) || type === undefined || name === "index.html") return undefined;
    let file = this.#loaded.get(name);
    if (file === undefined) this.#loaded.set(name, (file = this.#load(name, type)));
    return file;
  }

  #load(name: string, type: string): ConsoleFile {
    const contents = new Map<string, FileContent>();
    for (const [coding, suffix] of CODINGS) {
      if (this.#paths.has(name + suffix)) contents.set(coding, this.#read(name + suffix));
    }
    contents.set("identity", this.#read(name));
    return { type, isImmutable: name.startsWith(IMMUTABLE_FOLDER), contents };
  }

  #read(name: string): FileContent {
    const bytes = readFileSync(join(this.#folder, name));
    const digest = createHash("sha256").update(bytes).digest("base64url");
    return { bytes, etag: `"${digest}"` };
  }
}
