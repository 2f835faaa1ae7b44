/** The command cannot be carried out; the message names cause and cure and is all that the user sees. */
export class CommandError extends Error {
  override readonly name = "CommandError";
  /** 2: wrong usage or an invalid definition; 1: everything else. */
  readonly exitCode: 1 | 2;

  constructor(message: string, exitCode: 1 | 2 = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** The text of anything that was thrown, without a stack trace. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
