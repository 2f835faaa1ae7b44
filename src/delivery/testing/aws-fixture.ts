/** A service that speaks AWS JSON 1.1 on loopback, for tests of clients. */
import { createServer } from "node:http";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";

export interface AwsRequest {
  readonly operation: string;
  readonly input: Record<string, unknown>;
}

/** `body` of an error has `__type`. */
export interface AwsAnswer {
  readonly status: number;
  readonly body: object;
}

export class AwsFixture {
  readonly requests: AwsRequest[] = [];
  answer: (request: AwsRequest) => AwsAnswer = () => ({ status: 200, body: {} });
  readonly #server: Server;

  constructor() {
    this.#server = createServer((request, response) => {
      let text = "";
      request.setEncoding("utf8");
      request.on("data", (piece: string) => (text += piece));
      request.on("end", () => {
        const operation = String(request.headers["x-amz-target"]).split(".").at(-1) ?? "";
        const input = JSON.parse(text) as Record<string, unknown>;
        this.requests.push({ operation, input });
        const { status, body } = this.answer({ operation, input });
        response.writeHead(status, { "content-type": "application/x-amz-json-1.1" });
        response.end(JSON.stringify(body));
      });
    });
  }

  /** Its URL. */
  async open(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** Names of the operations asked for so far. */
  get operations(): string[] {
    return this.requests.map(({ operation }) => operation);
  }
}
