/** The built server as a real child process. */
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../../support/source-files.ts";

const START_TIMEOUT_MS = 30_000;
const STOP_TIMEOUT_MS = 15_000;
/** What is kept of the server's log for messages. */
const MAX_LOG_CHARACTERS = 20_000;

export const command = join(projectRoot, "bin", "stepwell");

export interface ServerSettings {
  /** `serve` or `dev`, and its options without --port. */
  readonly args: readonly string[];
  /** Default: any free one. */
  readonly port?: number;
  readonly environment?: Readonly<Record<string, string>>;
  readonly folder?: string;
}

export class ServerProcess {
  readonly url: string;
  readonly port: number;
  /** Everything on standard output before the ready line. */
  readonly greeting: string;
  readonly #child: ChildProcess;
  readonly #exit: Promise<number | NodeJS.Signals>;
  readonly #log: () => string;

  private constructor(
    child: ChildProcess,
    url: string,
    greeting: string,
    exit: Promise<number | NodeJS.Signals>,
    log: () => string,
  ) {
    this.#child = child;
    this.url = url;
    this.port = Number(new URL(url).port);
    this.greeting = greeting;
    this.#exit = exit;
    this.#log = log;
  }

  /** Starts a server and waits for its ready line; rejects with its log if it does not come. */
  static async start(settings: ServerSettings): Promise<ServerProcess> {
    if (!existsSync(join(projectRoot, "dist", "cli", "main.js"))) {
      throw new Error("the server is not built: run `npm run build` before the end-to-end tests");
    }
    const [name = "serve", ...options] = settings.args;
    const child = spawn(
      process.execPath,
      [command, name, "--port", String(settings.port ?? 0), ...options],
      {
        cwd: settings.folder ?? projectRoot,
        env: { ...process.env, NO_COLOR: "1", ...settings.environment },
        stdio: ["ignore", "pipe", "pipe"],
      },
    );
    let log = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      log = (log + text).slice(-MAX_LOG_CHARACTERS);
    });
    const exit = new Promise<number | NodeJS.Signals>((resolve) => {
      child.once("exit", (code, signal) => resolve(signal ?? code ?? 0));
    });
    let output = "";
    const url = await new Promise<string>((resolve, reject) => {
      const timer = setTimeout(() => fail("was not ready in time"), START_TIMEOUT_MS);
      const fail = (what: string): void => {
        clearTimeout(timer);
        child.kill("SIGKILL");
        reject(new Error(`the server ${what}; its log:\n${log}`));
      };
      child.stdout.setEncoding("utf8").on("data", (text: string) => {
        output += text;
        const ready = /^Stepwell ready on (http:\/\/\S+)$/m.exec(output);
        if (ready?.[1] === undefined) return;
        clearTimeout(timer);
        resolve(ready[1]);
      });
      void exit.then((code) => fail(`ended with ${code}`));
    });
    return new ServerProcess(child, url, output, exit, () => log);
  }

  /** What the server has logged, at most its last part. */
  get log(): string {
    return this.#log();
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** kill -9; resolves when the process is gone. */
  async kill(): Promise<void> {
    this.#child.kill("SIGKILL");
    await this.#exit;
  }

  /** SIGTERM; resolves with the exit code or the signal that ended it. */
  async stop(): Promise<number | NodeJS.Signals> {
    this.#child.kill("SIGTERM");
    const timer = setTimeout(() => this.#child.kill("SIGKILL"), STOP_TIMEOUT_MS);
    const code = await this.#exit;
    clearTimeout(timer);
    return code;
  }
}
