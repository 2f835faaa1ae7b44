/** The Lambda functions of the end-to-end tests, configured for one test. */
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { projectRoot } from "../../support/source-files.ts";

const source = join(projectRoot, "test", "e2e", "functions");

export interface TestFunctions {
  /** For `--functions`. */
  readonly configuration: string;
  /** Folder where the functions leave notes; it survives the server. */
  readonly ledger: string;
}

/** Writes a stepwell.yaml into the folder that names all test functions. */
export async function testFunctions(folder: string): Promise<TestFunctions> {
  const ledger = join(folder, "ledger");
  await mkdir(ledger, { recursive: true });
  const names = await readdir(source);
  const functions = Object.fromEntries(
    names.map((name) => [
      name,
      {
        runtime: "nodejs20.x",
        handler: "index.handler",
        code: join(source, name),
        timeout: 120,
        concurrency: 4,
        environment: { LEDGER: ledger },
      },
    ]),
  );
  const configuration = join(folder, "stepwell.yaml");
  // JSON is YAML.
  await writeFile(configuration, JSON.stringify({ functions }, undefined, 2));
  return { configuration, ledger };
}

export function functionArn(name: string): string {
  return `arn:aws:lambda:us-east-1:123456789012:function:${name}`;
}
