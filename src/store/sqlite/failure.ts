/** Sorts SQLite's errors by what the caller can do about them. */
import { StoreUnavailable } from "../../engine/ports.ts";
import { BatchRefused, StoreBroken } from "../store-errors.ts";
import type { Failure, FailureKind } from "./protocol.ts";

/** Result codes after which nothing can be said about what is on the disk. */
const broken = ["SQLITE_IOERR", "SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_INTERNAL"];

/** Result codes that mean a wrong batch, not a wrong database. */
const refused = ["SQLITE_CONSTRAINT", "SQLITE_TOOBIG", "SQLITE_MISMATCH"];

/**
 * What an error thrown by an operation means. `writing`: in a commit or a checkpoint; there an I/O
 * error breaks the store, while a read that fails only fails itself.
 */
export function failureOf(error: unknown, writing: boolean): Failure {
  const message = error instanceof Error ? error.message : String(error);
  const code = errorCode(error);
  return {
    kind: kindOf(error, code, writing),
    message: code === "" ? message : `${message} (${code})`,
  };
}

/** The error that the main thread makes of a failure. */
export function errorOf({ kind, message }: Failure): Error {
  switch (kind) {
    case "unavailable":
      return new StoreUnavailable(`The database cannot be used now: ${message}`);
    case "broken":
      return new StoreBroken(
        `The database failed and this process must be restarted: ${message}. ` +
          "Whether the last batch is stored is known after the restart",
      );
    case "refused":
      return new BatchRefused(`The database refused the batch: ${message}`);
  }
}

function kindOf(error: unknown, code: string, writing: boolean): FailureKind {
  if (error instanceof BatchRefused) return "refused";
  if (error instanceof StoreUnavailable) return "unavailable";
  // No result code: the values could not be bound.
  if (writing && code === "") return "refused";
  if (writing && broken.some((prefix) => code.startsWith(prefix))) return "broken";
  if (writing && refused.some((prefix) => code.startsWith(prefix))) return "refused";
  return "unavailable";
}

function errorCode(error: unknown): string {
  if (!(error instanceof Error) || !("code" in error)) return "";
  return typeof error.code === "string" ? error.code : "";
}
