/** The built server (`dist`) as a process of its own, and calls of its public API. */
import { spawn, type ChildProcess } from "node:child_process";
import { readFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
export const ROLE = "arn:aws:iam::123456789012:role/bench";

export class BenchServer {
  readonly #process: ChildProcess;
  readonly #url: URL;
  readonly #agent: Agent;

  private constructor(process: ChildProcess, url: URL, connections: number) {
    this.#process = process;
    this.#url = url;
    this.#agent = new Agent({ keepAlive: true, maxSockets: connections });
  }

  /** `options` of `stepwell serve` besides the data folder. */
  static async start(
    dataDir: string,
    options: readonly string[] = [],
    connections = 32,
  ): Promise<BenchServer> {
    const args = ["serve", "--port", "0", "--data-dir", dataDir, "--log-level", "warn"];
    const child = spawn(join(ROOT, "bin/stepwell"), [...args, ...options], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const url = await new Promise<URL>((resolve, reject) => {
      child.once("exit", (code) => reject(new Error(`the server ended with code ${code}`)));
      child.stdout.on("data", (chunk: Buffer) => {
        const ready = /Stepwell ready on (\S+)/.exec(chunk.toString());
        if (ready?.[1] !== undefined) resolve(new URL(ready[1]));
      });
    });
    return new BenchServer(child, url, connections);
  }

  /** Rejects unless the answer is 200. */
  call<Output>(operation: string, input: object): Promise<Output> {
    const body = JSON.stringify(input);
    return new Promise((resolve, reject) => {
      const sent = request(
        {
          agent: this.#agent,
          host: this.#url.hostname,
          port: this.#url.port,
          method: "POST",
          headers: {
            "content-type": "application/x-amz-json-1.0",
            "x-amz-target": `AWSStepFunctions.${operation}`,
            "content-length": Buffer.byteLength(body),
          },
        },
        (response) => {
          let text = "";
          response.setEncoding("utf8");
          response.on("data", (chunk: string) => (text += chunk));
          response.on("end", () => {
            if (response.statusCode === 200) resolve(JSON.parse(text) as Output);
            else reject(new Error(`${operation}: ${response.statusCode} ${text}`));
          });
        },
      );
      sent.on("error", reject);
      sent.end(body);
    });
  }

  /** Answers the state machine's ARN. */
  async createStateMachine(name: string, definition: unknown): Promise<string> {
    const { stateMachineArn } = await this.call<{ stateMachineArn: string }>("CreateStateMachine", {
      name,
      definition: JSON.stringify(definition),
      roleArn: ROLE,
    });
    return stateMachineArn;
  }

  /** Memory of the process in MB, its workers' threads included: now, or the most it ever had. */
  megabytes(which: "VmRSS" | "VmHWM"): string {
    const status = readFileSync(`/proc/${this.#process.pid}/status`, "utf8");
    const kilobytes = new RegExp(`${which}:\\s+(\\d+)`).exec(status)?.[1];
    return kilobytes === undefined ? "?" : (Number(kilobytes) / 1024).toFixed(0);
  }

  async stop(): Promise<void> {
    this.#agent.destroy();
    const ended = new Promise((resolve) => this.#process.once("exit", resolve));
    this.#process.kill("SIGTERM");
    await ended;
  }
}
