/** The connections of all `--connections` files together. */
import { readFile, stat } from "node:fs/promises";
import type { Connection } from "../tasks/http/connection.ts";
import {
  type LoadedConnections,
  readConnectionsFile,
} from "../tasks/http/read-connections-file.ts";
import { CommandError, reasonOf } from "./command-error.ts";

const MAX_FILE_BYTES = 1024 * 1024;

/** As `readConnections`; throws CommandError with all problems if there are any. */
export async function checkedConnections(paths: readonly string[]): Promise<readonly Connection[]> {
  const { connections, problems } = await readConnections(paths);
  if (problems.length > 0) throw new CommandError(problems.join("\nstepwell: "), 2);
  return connections;
}

/**
 * Reads the files in order; of several connections with one name the first counts. Never rejects.
 * @param configuration Files that need not have connections: a stepwell.yaml. They come last.
 */
export async function readConnections(
  paths: readonly string[],
  configuration: readonly string[] = [],
): Promise<LoadedConnections> {
  const connections = new Map<string, Connection>();
  const problems: string[] = [];
  const loadings = [
    ...paths.map((path) => readFileAt(path, false)),
    ...configuration.map((path) => readFileAt(path, true)),
  ];
  for (const loaded of await Promise.all(loadings)) {
    problems.push(...loaded.problems);
    for (const connection of loaded.connections) {
      if (!connections.has(connection.name)) connections.set(connection.name, connection);
    }
  }
  return { connections: [...connections.values()], problems };
}

async function readFileAt(path: string, mayHaveNone: boolean): Promise<LoadedConnections> {
  try {
    if ((await stat(path)).size > MAX_FILE_BYTES) {
      throw new Error(`the file is longer than ${MAX_FILE_BYTES} bytes`);
    }
    return readConnectionsFile(path, await readFile(path, "utf8"), process.env, mayHaveNone);
  } catch (error) {
    return { connections: [], problems: [`${path}: cannot be read: ${reasonOf(error)}`] };
  }
}
