/** Which addresses the server may listen on. */
import { isIP } from "node:net";

/**
 * Throws unless `host` is a loopback address or `insecure` is set: whoever reaches the port can
 * start executions and so run what the state machines call.
 */
export function checkBindAddress(host: string, insecure: boolean): void {
  if (insecure || isLoopback(host)) return;
  throw new Error(
    `host ${host} can be reached from other machines, and nothing would ask for credentials; ` +
      `use 127.0.0.1, or add --insecure if the network is trusted`,
  );
}

function isLoopback(host: string): boolean {
  if (host === "localhost" || host === "::1") return true;
  return isIP(host) === 4 && host.startsWith("127.");
}
