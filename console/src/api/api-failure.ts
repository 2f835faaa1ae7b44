/** An answer that says what went wrong. */

export class ApiFailure extends Error {
  /** AWS's name of the error, such as `ExecutionAlreadyExists`; `NetworkFailure`: no answer came. */
  override readonly name: string;
  /** HTTP status; 0: no answer came. */
  readonly status: number;

  constructor(name: string, message: string, status: number) {
    super(message);
    this.name = name;
    this.status = status;
  }
}

/** The failure that a response with an error status tells of. */
export async function failureOf(response: Response): Promise<ApiFailure> {
  const body: unknown = await response.json().catch(() => undefined);
  const { __type: name, message } = (body ?? {}) as { __type?: string; message?: string };
  return new ApiFailure(
    name ?? "UnknownFailure",
    message ?? `The server answered with status ${response.status}`,
    response.status,
  );
}

/** What fetch rejects with, as a failure; an abort stays one. */
export function networkFailure(error: unknown): unknown {
  if (error instanceof DOMException && error.name === "AbortError") return error;
  return new ApiFailure("NetworkFailure", "The server cannot be reached", 0);
}

/** For people: what went wrong, in one line. */
export function describeFailure(error: unknown): string {
  if (error instanceof ApiFailure) {
    return error.status === 0 ? error.message : `${error.name}: ${error.message}`;
  }
  return error instanceof Error ? error.message : String(error);
}
