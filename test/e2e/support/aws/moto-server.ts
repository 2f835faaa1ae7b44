/** moto: AWS services in memory, as a child process. */
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

const COMMAND = "moto_server";
const START_TIMEOUT_MS = 30_000;
/** What is kept of its output for messages. */
const MAX_LOG_CHARACTERS = 20_000;

/**
 * Why there is no moto on this machine; undefined: there is one. In CI it must be there: then this
 * throws.
 */
export function motoMissing(): string | undefined {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  if (folders.some((folder) => existsSync(join(folder, COMMAND)))) return undefined;
  const cure = `${COMMAND} is missing: pip install 'moto[server]'`;
  if (process.env["CI"] === "true") throw new Error(cure);
  console.warn(`skipped: ${cure}`);
  return cure;
}

/** When moto moves a job on: with every nth look at it, or never as good as that. */
export type JobProgress =
  | { readonly progression: "manual"; readonly times: number }
  | { readonly progression: "immediate" };

export class MotoServer {
  readonly url: string;
  readonly #child: ChildProcess;

  private constructor(url: string, child: ChildProcess) {
    this.url = url;
    this.#child = child;
  }

  /** On a free port of loopback; rejects with its output if it does not start. */
  static async start(): Promise<MotoServer> {
    const child = spawn(COMMAND, ["-H", "127.0.0.1", "-p", "0"], {
      env: {
        PATH: process.env["PATH"],
        HOME: process.env["HOME"],
        AWS_ACCESS_KEY_ID: "test",
        AWS_SECRET_ACCESS_KEY: "test",
        AWS_DEFAULT_REGION: "us-east-1",
        PYTHONUNBUFFERED: "1",
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    // It would live on without the tests.
    const end = (): void => void child.kill("SIGKILL");
    process.once("exit", end);
    child.once("exit", () => process.removeListener("exit", end));
    let log = "";
    const url = await new Promise<string>((resolve, reject) => {
      const fail = (what: string): void => {
        clearTimeout(timer);
        child.kill("SIGKILL");
        reject(new Error(`moto_server ${what}; its output:\n${log}`));
      };
      const timer = setTimeout(() => fail("was not ready in time"), START_TIMEOUT_MS);
      const read = (text: string): void => {
        log = (log + text).slice(-MAX_LOG_CHARACTERS);
        const ready = /Running on (http:\/\/127\.0\.0\.1:\d+)/.exec(log)?.[1];
        if (ready === undefined) return;
        clearTimeout(timer);
        resolve(ready);
      };
      child.stdout.setEncoding("utf8").on("data", read);
      child.stderr.setEncoding("utf8").on("data", read);
      child.once("error", (error) => fail(`cannot be started: ${error.message}`));
      child.once("exit", (code) => fail(`ended with ${code}`));
    });
    return new MotoServer(url, child);
  }

  /** How ECS tasks go on from RUNNING to STOPPED. */
  async progressOfTasks(progress: JobProgress): Promise<void> {
    const answer = await fetch(`${this.url}/moto-api/state-manager/set-transition`, {
      method: "POST",
      body: JSON.stringify({ model_name: "ecs::task", transition: progress }),
    });
    if (answer.status !== 201) throw new Error(`moto answered ${answer.status}`);
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null) return;
    const gone = new Promise((resolve) => this.#child.once("exit", resolve));
    this.#child.kill("SIGKILL");
    await gone;
  }
}
