/** A real S3 work-alike for tests: moto, which is a program of its own. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { createInterface } from "node:readline";
import { S3Client } from "@aws-sdk/client-s3";
import type { Environment } from "../../aws/environment.ts";

/** For `describe.skipIf`; CI has it. */
export const isMotoMissing = spawnSync("sh", ["-c", "command -v moto_server"]).status !== 0;
if (isMotoMissing) {
  console.warn(
    "moto_server is not installed (pip install 'moto[server]'): tests against S3 are skipped",
  );
}

export interface MotoServer {
  readonly port: number;
  readonly environment: Environment;
  readonly client: S3Client;
  close(): Promise<void>;
}

/** Resolves when it answers on a free port of its choice. */
export async function startMoto(): Promise<MotoServer> {
  const child = spawn("moto_server", ["-H", "127.0.0.1", "-p", "0"], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  const port = await portOf(child);
  const endpoint = `http://127.0.0.1:${port}`;
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  const client = new S3Client({ endpoint, region: "us-east-1", forcePathStyle: true, credentials });
  return {
    port,
    environment: { AWS_ENDPOINT_URL_S3: endpoint },
    client,
    close: () =>
      new Promise((resolve) => {
        client.destroy();
        child.once("exit", () => resolve());
        child.kill("SIGKILL");
      }),
  };
}

function portOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`moto_server ended with ${code}`)));
    createInterface({ input: child.stderr! }).on("line", (line) => {
      const [, port] = /Running on http:\/\/127\.0\.0\.1:(\d+)/.exec(line) ?? [];
      if (port !== undefined) resolve(Number(port));
    });
  });
}
