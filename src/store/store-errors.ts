/** Errors of a store beyond `StoreUnavailable` of the engine's ports. */
import { StoreUnavailable } from "../engine/ports.ts";

/**
 * The store can never be trusted again in this process: a write or an fsync failed in the middle of
 * a commit, the file is damaged, or the database thread died. Whether the last batch is stored is
 * unknown until the next start. Every later call rejects with it too; the server must end with exit
 * code 74 and be started anew, because a kernel forgets a failed fsync once it has told of it.
 */
export class StoreBroken extends StoreUnavailable {
  readonly broken = true;
}

/**
 * The batch contradicts what is stored (a key twice, a change of an unknown execution) or passes a
 * bound (an id, the size of a text). Nothing of it is stored and trying again cannot help: a bug in
 * the caller.
 */
export class BatchRefused extends Error {
  override readonly name = "BatchRefused";
}

/** The store could not be opened. The message is for the operator and names file and remedy. */
export class StoreNotOpened extends Error {
  override readonly name = "StoreNotOpened";
}
