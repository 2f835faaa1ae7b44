/** Answers requests beside those of the AWS API. */
import type { IncomingMessage, ServerResponse } from "node:http";

export interface HttpHandler {
  /**
   * Answers a request that the guard let pass, or gives false if its path is none of its own. It
   * reads or discards the body itself.
   */
  handle(request: IncomingMessage, response: ServerResponse): boolean;
  /** The server stops: long answers are to end. */
  stop?(): void;
}
