/** The connections of all AWS clients: one pool, HTTP/1.1, which every service and work-alike speaks. */
import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import type { STSClient } from "@aws-sdk/client-sts";
import { prepareSdk } from "../../aws/prepare-sdk.ts";

export type HttpHandler = STSClient["config"]["requestHandler"];

/** The longest calls are those of functions: 15 minutes and a moment. A task's time-out may end it earlier. */
const REQUEST_TIMEOUT_MS = 910_000;
const CONNECTION_TIMEOUT_MS = 5_000;
/** Connections per address; further calls wait for a free one. */
const MAX_SOCKETS = 1_000;

/** The handler is that of a client of STS: some other clients would speak HTTP/2 only. */
export async function createHttpHandler(): Promise<HttpHandler> {
  prepareSdk();
  const { STSClient } = await import("@aws-sdk/client-sts");
  const agent = { keepAlive: true, maxSockets: MAX_SOCKETS };
  const client = new STSClient({
    region: "us-east-1",
    requestHandler: {
      connectionTimeout: CONNECTION_TIMEOUT_MS,
      requestTimeout: REQUEST_TIMEOUT_MS,
      throwOnRequestTimeout: true,
      // Calls that wait for a free connection are normal here, no reason to warn.
      socketAcquisitionWarningTimeout: REQUEST_TIMEOUT_MS,
      httpAgent: new HttpAgent(agent),
      httpsAgent: new HttpsAgent(agent),
    },
  });
  return client.config.requestHandler;
}
