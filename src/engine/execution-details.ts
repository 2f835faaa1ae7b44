/** The rarely needed facts of an execution, as its record keeps them. */

export interface ExecutionDetails {
  readonly versionArn: string | undefined;
  readonly aliasArn: string | undefined;
  readonly traceHeader: string | undefined;
}

const NONE: ExecutionDetails = {
  versionArn: undefined,
  aliasArn: undefined,
  traceHeader: undefined,
};

/** JSON text; "" if there are none, as for most executions. */
export function encodeDetails(details: ExecutionDetails): string {
  const { versionArn, aliasArn, traceHeader } = details;
  if (versionArn === undefined && aliasArn === undefined && traceHeader === undefined) return "";
  return JSON.stringify({ versionArn, aliasArn, traceHeader });
}

/** Reads what `encodeDetails` wrote. */
export function decodeDetails(text: string): ExecutionDetails {
  return text === "" ? NONE : { ...NONE, ...(JSON.parse(text) as Partial<ExecutionDetails>) };
}
