/** The requests that the AWS CLI sends for the rows of a table. */
import { execFile, spawn } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { projectRoot } from "../../../support/source-files.ts";
import { cliEnvironment } from "../aws-cli.ts";
import { type RecordedRequest, requestRecorder } from "./request-recorder.ts";
import { cliName, idOf, type SdkAction } from "./sdk-action.ts";

const SCRIPT = join(projectRoot, "test/e2e/support/aws/reference_requests.py");
const TIMEOUT_MS = 60_000;

export interface ReferenceRequests {
  /** By the row's id. */
  readonly requests: ReadonlyMap<string, RecordedRequest>;
  /** For the command line of a row. */
  readonly commands: ReadonlyMap<string, CliCommand>;
}

export interface CliCommand {
  /** e.g. `put-item`. */
  readonly operation: string;
  /** In the CLI's own words. */
  readonly parameters: object;
}

/**
 * All rows in one Python process with botocore, the library that carries out the CLI's commands:
 * every start of the CLI itself would cost most of a second. Fails naming the rows it could not send.
 */
export async function referenceRequests(rows: readonly SdkAction[]): Promise<ReferenceRequests> {
  const recorder = await requestRecorder();
  try {
    const { failures, commands } = await botocore({
      endpoint: recorder.url,
      rows: rows.map((row) => ({
        id: idOf(row),
        client: cliName(row.service),
        operation: row.action,
        parameters: row.reference ?? row.parameters,
        isReference: row.reference !== undefined,
      })),
    });
    if (failures.length > 0) {
      throw new Error(
        `botocore cannot send these rows:\n${failures.map((f) => f.join(": ")).join("\n")}`,
      );
    }
    const requests = recorder.requests.map(
      (request) => [String(request.headers["x-row"]), request] as const,
    );
    return { requests: new Map(requests), commands: new Map(Object.entries(commands)) };
  } finally {
    await recorder.close();
  }
}

/** One row through the real `aws`; what it thinks of the answer does not matter. */
export async function cliRequest(row: SdkAction, command: CliCommand): Promise<RecordedRequest> {
  const recorder = await requestRecorder();
  try {
    recorder.answer = row.answer;
    const service = row.service === "s3" ? "s3api" : cliName(row.service);
    const input = JSON.stringify(command.parameters);
    const args = [service, command.operation, "--cli-input-json", input];
    const problem = await promisify(execFile)(
      "aws",
      [...args, "--endpoint-url", recorder.url, "--no-paginate"],
      { env: cliEnvironment(), timeout: TIMEOUT_MS },
    ).then(
      () => "",
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    );
    const [request] = recorder.requests;
    if (request === undefined) throw new Error(`aws sent no request for ${idOf(row)}: ${problem}`);
    return request;
  } finally {
    await recorder.close();
  }
}

interface Answer {
  readonly failures: readonly (readonly [string, string])[];
  readonly commands: Readonly<Record<string, CliCommand>>;
}

function botocore(task: object): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const child = spawn("python3", [SCRIPT], {
      env: cliEnvironment(),
      stdio: ["pipe", "pipe", "pipe"],
      timeout: TIMEOUT_MS,
    });
    let output = "";
    let errors = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (errors += text));
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0) resolve(JSON.parse(output) as Answer);
      else
        reject(
          new Error(`python3 with botocore (pip install boto3) ended with ${code}:\n${errors}`),
        );
    });
    child.stdin.end(JSON.stringify(task));
  });
}
