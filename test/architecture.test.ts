/** Keeps the promises of ARCHITECTURE.md and CONTRIBUTING.md about the code's shape. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  type Import,
  importsOf,
  projectRoot,
  type SourceFile,
  sourceFiles,
} from "./support/source-files.ts";

const PURE_FOLDERS = ["json", "data", "asl", "interpreter"];
const MAX_LINES = 400;
const MAX_TEST_LINES = 600;
/** AWS's own clients aside. */
const MAX_DEPENDENCIES = 15;
const MAX_AWS_CLIENTS = 10;

/** Files that may be longer, up to this many lines. The list only gets shorter. */
const LONG_FILES: Readonly<Record<string, number>> = {};

/** Where programs and threads start: nothing imports these. */
const ENTRY_POINTS = ["src/cli/main.ts"];

const code = sourceFiles("src", /\.ts$/);
const isTest = (file: SourceFile): boolean => /\.(test|contract)\.ts$|\/testing\//.test(file.path);
const productFiles = code.filter((file) => !isTest(file));
const consoleCode = sourceFiles("console", /\.tsx?$/);
const allCode = [
  ...code,
  ...sourceFiles("test", /\.ts$/),
  ...sourceFiles("bench", /\.ts$/),
  ...consoleCode,
];

interface Permission {
  readonly folder: string;
  readonly imports: (target: Import) => boolean;
}

/** The rows of the code map: what each folder of src may import from the others. */
function codeMap(): Permission[] {
  const text = readFileSync(join(projectRoot, "ARCHITECTURE.md"), "utf8");
  return [...text.matchAll(/^\| `src\/([\w-]+)` \|[^|]*\|([^|]*)\|$/gm)].map(
    ([, folder = "", column = ""]) => ({
      folder,
      imports: (target) => permitted(column.trim(), target),
    }),
  );
}

/** `everything`, `nothing`, or a list of folders and files: `json, engine (types), engine/ports`. */
function permitted(column: string, target: Import): boolean {
  if (column === "everything") return true;
  if (column === "nothing") return false;
  return column.split(",").some((item) => {
    const [, path = "", types] = /^\s*([\w/-]+)\s*(\(types\))?\s*$/.exec(item) ?? [];
    const inside = target.target.startsWith(`src/${path}/`) || target.target === `src/${path}.ts`;
    return inside && (types === undefined || target.typeOnly);
  });
}

const folderOf = (path: string): string => path.split("/")[1] ?? "";

describe("the code map of ARCHITECTURE.md", () => {
  const map = codeMap();

  it("names every folder of src", () => {
    expect(map.map(({ folder }) => folder).toSorted()).toEqual(
      [...new Set(code.map(({ path }) => folderOf(path)))].toSorted(),
    );
  });

  it.each(map.map(({ folder }) => folder))("is true of the imports of src/%s", (folder) => {
    const row = map.find((candidate) => candidate.folder === folder);
    const wrong = productFiles
      .filter(({ path }) => folderOf(path) === folder)
      .flatMap((file) =>
        importsOf(file)
          .filter(({ local, target }) => local && target.startsWith("src/"))
          .filter((target) => folderOf(target.target) !== folder && row?.imports(target) !== true)
          .map(({ target }) => `${file.path} imports ${target}`),
      );
    expect(wrong).toEqual([]);
  });
});

describe("the console", () => {
  const architecture = readFileSync(join(projectRoot, "ARCHITECTURE.md"), "utf8");
  const named = [...architecture.matchAll(/^\| `console\/src\/([\w-]+)` \|/gm)].map(
    ([, name]) => name,
  );

  it("has the folders that ARCHITECTURE.md names", () => {
    const folders = consoleCode
      .map(({ path }) => /^console\/src\/([\w-]+)\//.exec(path)?.[1])
      .filter((folder) => folder !== undefined);
    expect(named.toSorted()).toEqual([...new Set(folders)].toSorted());
  });

  it("imports only the pure part of the server, and none of Node", () => {
    const allowed = ["json", "data", "asl"].map((folder) => `src/${folder}/`);
    const wrong = consoleCode
      .filter(({ path }) => path.startsWith("console/src/") && !/\.test\.tsx?$/.test(path))
      .flatMap((file) =>
        importsOf(file)
          .filter(({ local, target }) =>
            local
              ? !target.startsWith("console/") && !allowed.some((one) => target.startsWith(one))
              : target.startsWith("node:"),
          )
          .map(({ target }) => `${file.path} imports ${target}`),
      );
    expect(wrong).toEqual([]);
  });
});

describe("the pure core", () => {
  it("imports neither node nor packages", () => {
    const wrong = productFiles
      .filter(({ path }) => PURE_FOLDERS.includes(folderOf(path)))
      .flatMap((file) =>
        importsOf(file)
          .filter(({ local, target }) => !local && !isAllowed(file.path, target))
          .map(({ target }) => `${file.path} imports ${target}`),
      );
    expect(wrong).toEqual([]);
  });

  /** Only the parser of the library: what it parses is evaluated by our own code or elsewhere. */
  function isAllowed(path: string, target: string): boolean {
    return target === "jsonata" && path.startsWith("src/data/jsonata/");
  }
});

describe("files", () => {
  it("hold one concept: not more lines than allowed, and the list of exceptions shrinks", () => {
    const lengths = new Map(allCode.map(({ path, text }) => [path, text.split("\n").length - 1]));
    const wrong = allCode.flatMap(({ path, text }) => {
      const lines = text.split("\n").length - 1;
      const limit =
        LONG_FILES[path] ?? (/\.(test|contract)\.ts$/.test(path) ? MAX_TEST_LINES : MAX_LINES);
      return lines > limit ? [`${path} has ${lines} lines; split it (limit ${limit})`] : [];
    });
    const idle = Object.keys(LONG_FILES).filter((path) => (lengths.get(path) ?? 0) <= MAX_LINES);
    expect({ wrong, idle }).toEqual({ wrong: [], idle: [] });
  });

  it("are named in kebab-case after what they hold", () => {
    const wrong = allCode
      .map(({ path }) => path)
      .filter((path) => {
        const name = path.split("/").pop() ?? "";
        const shape = /^[a-z0-9]+(-[a-z0-9]+)*(\.(test|contract|d|config))?\.tsx?$/;
        return (
          !shape.test(name) || /^(utils?|helpers?|common|misc|types|base|manager)\b/.test(name)
        );
      });
    expect(wrong).toEqual([]);
  });

  it("of the product are all reached from an entry point", () => {
    const byPath = new Map(productFiles.map((file) => [file.path, file]));
    const reached = new Set<string>();
    const queue = [...ENTRY_POINTS];
    for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
      const file = byPath.get(path);
      if (file === undefined || reached.has(path)) continue;
      reached.add(path);
      queue.push(...importsOf(file).map(({ target }) => target));
    }
    expect([...byPath.keys()].filter((path) => !reached.has(path))).toEqual([]);
  });

  it("export names, never a default", () => {
    const wrong = [...code, ...consoleCode]
      .filter(({ path }) => path !== "console/vite.config.ts")
      .filter(({ text }) => /^export default/m.test(text))
      .map(({ path }) => path);
    expect(wrong).toEqual([]);
  });
});

describe("texts", () => {
  const texts = ["src", "test", "bench", "console", "docs", "examples", "scripts", "runtimes"]
    .flatMap((folder) => sourceFiles(folder, /\.(tsx?|css|mjs|py|md|ya?ml|json)$/))
    .concat(
      ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "ARCHITECTURE.md"].map((path) => ({
        path,
        text: readFileSync(join(projectRoot, path), "utf8"),
      })),
    );

  it("hold no paths of the machine they were written on", () => {
    // Put together here, so that this file does not contain what it forbids.
    const forbidden = new RegExp(
      `(^|[\\s"'\`(=])/(${["work", "root", "home", "Users"].join("|")})/[a-z]`,
      "m",
    );
    expect(texts.filter(({ text }) => forbidden.test(text)).map(({ path }) => path)).toEqual([]);
  });

  it("postpone nothing without naming the issue", () => {
    const forbidden = new RegExp(
      `\\b(${["TO", "FIX"].map((word, i) => word + (i === 0 ? "DO" : "ME")).join("|")})\\b(?!\\(#\\d+\\))`,
    );
    const wrong = texts
      .filter(({ path }) => /\.(tsx?|mjs|py)$/.test(path))
      .filter(({ text }) => forbidden.test(text))
      .map(({ path }) => path);
    expect(wrong).toEqual([]);
  });
});

describe("package.json", () => {
  it("has few runtime dependencies, all pinned", () => {
    const { dependencies } = JSON.parse(
      readFileSync(join(projectRoot, "package.json"), "utf8"),
    ) as {
      dependencies: Record<string, string>;
    };
    const names = Object.keys(dependencies);
    const clients = names.filter((name) => name.startsWith("@aws-sdk/client-"));
    expect(clients.length).toBeLessThanOrEqual(MAX_AWS_CLIENTS);
    expect(names.length - clients.length).toBeLessThanOrEqual(MAX_DEPENDENCIES);
    expect(
      Object.values(dependencies).filter((version) => !/^\d+\.\d+\.\d+$/.test(version)),
    ).toEqual([]);
  });
});
