/** Makes sure that no function process outlives the server, not even after kill -9. */
import { type ChildProcess, spawn } from "node:child_process";
import { runtimeFile } from "./runtime-file.ts";

/**
 * A tiny shell process of its own that holds a list of process groups and kills them when its
 * standard input ends, which happens when the server goes away in whatever manner. Started with the
 * first group.
 */
export class ProcessGuard {
  readonly #groups = new Set<number>();
  #shell: ChildProcess | undefined;

  /** @param group Process group id: the pid of a child that was spawned detached. */
  add(group: number): void {
    this.#groups.add(group);
    if (this.#shell === undefined) this.#start();
    else this.#write(`+ ${group}\n`);
  }

  remove(group: number): void {
    if (this.#groups.delete(group)) this.#write(`- ${group}\n`);
  }

  /** Ends the guard; groups that are still in its list are killed. */
  close(): Promise<void> {
    const shell = this.#shell;
    this.#shell = undefined;
    if (shell === undefined || shell.exitCode !== null) return Promise.resolve();
    return new Promise((resolve) => {
      shell.once("exit", () => resolve());
      shell.stdin?.end();
    });
  }

  #start(): void {
    // In a group of its own, so that Ctrl-C in the server's terminal does not end it first.
    const shell = spawn("/bin/sh", [runtimeFile("process-guard.sh")], {
      stdio: ["pipe", "ignore", "ignore"],
      detached: true,
      env: { PATH: process.env["PATH"] },
      cwd: "/",
    });
    this.#shell = shell;
    const lost = (): void => {
      // The next process that starts brings a new guard.
      if (this.#shell === shell) this.#shell = undefined;
    };
    shell.once("error", lost);
    shell.once("exit", lost);
    shell.stdin.on("error", lost);
    shell.unref();
    for (const group of this.#groups) this.#write(`+ ${group}\n`);
  }

  #write(line: string): void {
    const stdin = this.#shell?.stdin;
    if (stdin?.writable === true) stdin.write(line);
  }
}
