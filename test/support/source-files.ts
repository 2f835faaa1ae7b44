/** The project's own files, for tests about the code itself. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix, relative } from "node:path";
import { fileURLToPath } from "node:url";

export const projectRoot = fileURLToPath(new URL("../..", import.meta.url));

const SKIPPED = new Set(["node_modules", "dist", ".git", ".stepwell", "coverage"]);

export interface SourceFile {
  /** From the project's root, with slashes. */
  readonly path: string;
  readonly text: string;
}

export interface Import {
  /** Path of a file of the project, or a package or `node:` name. */
  readonly target: string;
  readonly local: boolean;
  /** Nothing of it remains in the built code. */
  readonly typeOnly: boolean;
}

/** All text files under a folder of the project, or the file itself. */
export function sourceFiles(folder: string, extension: RegExp): SourceFile[] {
  return readdirSync(join(projectRoot, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = posix.join(folder, entry.name);
    if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : sourceFiles(path, extension);
    if (!extension.test(entry.name)) return [];
    return [{ path, text: readFileSync(join(projectRoot, path), "utf8") }];
  });
}

/** Static and dynamic imports and re-exports of a TypeScript file. */
export function importsOf(file: SourceFile): Import[] {
  const found: Import[] = [];
  const statement = /^(?:import|export)\s+(type\s+)?([^"';]*?\sfrom\s*)?"([^"]+)"/gm;
  for (const [, type, clause, specifier] of file.text.matchAll(statement)) {
    const members = /\{([^}]*)\}/.exec(clause ?? "")?.[1]?.split(",") ?? [""];
    const allTypes =
      members.every((member) => /^\s*type\s|^\s*$/.test(member)) && /\{\s*\S/.test(clause ?? "");
    found.push(resolved(file, specifier ?? "", type !== undefined || allTypes));
  }
  for (const [, specifier] of file.text.matchAll(/\bimport\(\s*"([^"]+)"\s*\)/g)) {
    found.push(resolved(file, specifier ?? "", false));
  }
  // A worker or a child process is started by URL.
  for (const [, specifier] of file.text.matchAll(
    /new URL\(\s*["`](\.{1,2}\/[^"`$]+)(?:\$\{[^}]*\})?["`]/g,
  )) {
    const target = resolved(file, specifier ?? "", false);
    if (!/\.(ts|js)$/.test(target.target)) found.push({ ...target, target: `${target.target}.ts` });
    else found.push({ ...target, target: target.target.replace(/\.js$/, ".ts") });
  }
  return found;
}

function resolved(file: SourceFile, specifier: string, typeOnly: boolean): Import {
  if (!specifier.startsWith(".")) return { target: specifier, local: false, typeOnly };
  const target = posix.normalize(posix.join(dirname(file.path).split("\\").join("/"), specifier));
  return { target: relative(".", target).split("\\").join("/"), local: true, typeOnly };
}
