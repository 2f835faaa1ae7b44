/** Lambda functions whose code a test writes and changes. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type SFNClient, TestStateCommand } from "@aws-sdk/client-sfn";
import { eventually } from "./eventually.ts";
import { roleArn } from "./sdk-client.ts";
import { functionArn } from "./test-functions.ts";

export class EditableFunctions {
  /** For `--functions`. */
  readonly path: string;
  #edition = 0;

  constructor(folder: string) {
    this.path = join(folder, "functions");
  }

  /** Writes a function while no server runs: `body` is that of `async (event) => {...}`. */
  async write(name: string, body: string): Promise<void> {
    const folder = join(this.path, name);
    await mkdir(folder, { recursive: true });
    this.#edition++;
    const code = `export const handler = async (event) => {
  if (event.edition) return ${this.#edition};
  ${body}
};
`;
    await writeFile(join(folder, "index.mjs"), code);
  }

  /** Changes a function and waits until the server has noticed, which takes it a fifth of a second. */
  async change(client: SFNClient, name: string, body: string): Promise<void> {
    await this.write(name, body);
    const edition = String(this.#edition);
    const request = new TestStateCommand({
      definition: JSON.stringify({ Type: "Task", Resource: functionArn(name), End: true }),
      roleArn,
      input: '{"edition":true}',
    });
    await eventually(`edition ${edition} of ${name}`, async () => {
      return (await client.send(request)).output === edition || undefined;
    });
  }
}
