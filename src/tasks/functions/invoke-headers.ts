/** The HTTP headers Lambda's Invoke answers with, with their letter case. */

/** Headers as AWS sends them, for an answer that came from a local process. */
export function invokeHeaders(answer: {
  readonly requestId: string;
  readonly trace: string;
  readonly statusCode: number;
  readonly payload: string;
  readonly executedVersion?: string | undefined;
  readonly functionError?: string | undefined;
  readonly logResult?: string | undefined;
}): [name: string, value: string][] {
  const { statusCode, executedVersion, functionError, logResult } = answer;
  const headers: [string, string][] = [
    ["Connection", "keep-alive"],
    ["Date", new Date().toUTCString()],
    ["x-amzn-RequestId", answer.requestId],
    ["X-Amzn-Trace-Id", answer.trace],
  ];
  if (statusCode !== 204) {
    headers.push(
      ["Content-Type", "application/json"],
      ["Content-Length", String(Buffer.byteLength(answer.payload))],
      ["x-amzn-Remapped-Content-Length", "0"],
    );
  }
  if (executedVersion !== undefined) headers.push(["X-Amz-Executed-Version", executedVersion]);
  if (functionError !== undefined) headers.push(["X-Amz-Function-Error", functionError]);
  if (logResult !== undefined) headers.push(["X-Amz-Log-Result", logResult]);
  return headers;
}
