/**
 * Finds and loads the `@aws-sdk/client-*` package of a service. The service's name in a resource
 * is its name in the AWS SDK for Java in lower case: the package's name without hyphens, and without
 * `service` at its end (`config`: client-config-service).
 */
import { readdir } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { packageToInstall } from "./package-names.ts";
import { prepareSdk } from "../../aws/prepare-sdk.ts";
import { isErrorSchema, readOperation, type SdkOperation } from "./sdk-schema.ts";

const SCOPE = "@aws-sdk";
const PREFIX = "client-";
/** A package that is always there: the others are looked for beside it. */
const NEIGHBOUR = `${SCOPE}/client-lambda`;

/** A client package that has schemas. */
export interface SdkPackage {
  /** e.g. `@aws-sdk/client-s3`. */
  readonly name: string;
  /** By name in lower case. */
  readonly operations: ReadonlyMap<string, SdkOperation>;
  /** What it exports: clients, commands, errors. */
  readonly exports: Readonly<Record<string, unknown>>;
  /** Whether the service's model has an error of this name. */
  hasError(name: string): boolean;
}

/**
 * The client of a service as `arn:aws:states:::aws-sdk:SERVICE:...` names it; undefined: it is not
 * installed, neither with Stepwell nor in `node_modules` of the folder where it was started, or it
 * is too old to have schemas. Loaded at most once; a package installed later is found.
 */
export async function findSdkPackage(service: string): Promise<SdkPackage | undefined> {
  const key = compactName(service);
  let loading = loaded.get(key);
  if (loading === undefined) {
    const found = await findInstalled(key);
    if (found === undefined) return undefined;
    loading = loaded.get(key) ?? loadPackage(found);
    loaded.set(key, loading);
    // A broken package may be mended while the server runs.
    loading.catch(() => loaded.delete(key));
  }
  return loading;
}

/** What to tell somebody who calls a service whose client is not installed. */
export function installationAdvice(service: string): string {
  const name = packageToInstall(compactName(service));
  const advice = `\`npm install ${SCOPE}/${PREFIX}${name ?? service}\``;
  const doubt = name === undefined ? " (perhaps with hyphens between the words of its name)" : "";
  return `The client of the service '${service}' is not installed. Run ${advice}${doubt} in ${process.cwd()}, where Stepwell was started, and try again.`;
}

/** By compact names; bounded by what is installed. */
const loaded = new Map<string, Promise<SdkPackage | undefined>>();

function compactName(service: string): string {
  return service
    .toLowerCase()
    .replaceAll("-", "")
    .replace(/(?<=.)service$/, "");
}

interface Installed {
  readonly name: string;
  /** A file that `require` can start from to find it. */
  readonly from: string;
}

async function findInstalled(key: string): Promise<Installed | undefined> {
  for (const from of startingPoints()) {
    // Another package manager may keep every package in a folder of its own: then none is found.
    const names = await readdir(path.join(path.dirname(from), SCOPE)).catch((): string[] => []);
    const name = names.find(
      (folder) => folder.startsWith(PREFIX) && compactName(folder.slice(PREFIX.length)) === key,
    );
    if (name !== undefined) return { name: `${SCOPE}/${name}`, from };
  }
  return undefined;
}

/** A file, which need not exist, in each `node_modules` that is looked at. */
function startingPoints(): string[] {
  const own = createRequire(import.meta.url).resolve(NEIGHBOUR);
  const modules = own.slice(0, own.lastIndexOf(path.join(SCOPE, path.sep)));
  return [path.join(modules, "_.js"), path.join(process.cwd(), "node_modules", "_.js")];
}

async function loadPackage({ name, from }: Installed): Promise<SdkPackage | undefined> {
  prepareSdk();
  const entry = createRequire(from).resolve(name);
  const module = (await import(pathToFileURL(entry).href)) as Readonly<Record<string, unknown>>;
  const exports = exportsOf(module);
  const operations = new Map<string, SdkOperation>();
  for (const value of Object.values(exports)) {
    const operation = readOperation(value);
    if (operation !== undefined) operations.set(operation.name.toLowerCase(), operation);
  }
  if (operations.size === 0) return undefined;
  const hasError = (error: string): boolean => isErrorSchema(exports[`${error}$`]);
  return { name, operations, exports, hasError };
}

/** Of a CommonJS module not all names can be told without running it. */
function exportsOf(module: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const whole = module["default"];
  return typeof whole === "object" && whole !== null
    ? (whole as Readonly<Record<string, unknown>>)
    : module;
}
