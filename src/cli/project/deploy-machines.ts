/** Brings the state machines of a project into the server, as its API would. */
import { parseDefinition } from "../../asl/parse-definition.ts";
import { reasonOf } from "../command-error.ts";
import { type DefinitionFile, readDefinitionFile } from "../definition-file.ts";
import { diagnosticLine } from "../commands/validate.ts";
import type { ProjectMachine } from "./project.ts";

/** Calls an operation of the API; rejects with an error whose message is for people. */
export type CallApi = (
  operation: string,
  input: Readonly<Record<string, unknown>>,
) => Promise<Readonly<Record<string, unknown>>>;

export interface DeployTarget {
  readonly call: CallApi;
  readonly region: string;
  readonly accountId: string;
}

/** "Failed": the server keeps what it had; `messages` say why. Warnings stand in messages too. */
export interface DeployResult {
  readonly machine: ProjectMachine;
  readonly arn: string;
  readonly outcome: "Created" | "Updated" | "Unchanged" | "Failed";
  readonly messages: readonly string[];
}

/** Role of state machines that name none; nobody assumes it. */
export function defaultRoleArn(accountId: string): string {
  return `arn:aws:iam::${accountId}:role/stepwell`;
}

/** Creates or updates one state machine. Never rejects. */
export async function deployMachine(
  machine: ProjectMachine,
  target: DeployTarget,
): Promise<DeployResult> {
  const arn = `arn:aws:states:${target.region}:${target.accountId}:stateMachine:${machine.name}`;
  let file: DefinitionFile;
  try {
    file = await readDefinitionFile(machine.file);
  } catch (error) {
    return { machine, arn, outcome: "Failed", messages: [`${machine.file}: ${reasonOf(error)}`] };
  }
  const { diagnostics } = parseDefinition(file.text, { type: machine.type });
  const messages = diagnostics.map((diagnostic) => diagnosticLine(file, diagnostic));
  if (diagnostics.some(({ severity }) => severity === "ERROR")) {
    return { machine, arn, outcome: "Failed", messages };
  }
  try {
    return { machine, arn, outcome: await put(machine, arn, file.text, target), messages };
  } catch (error) {
    return {
      machine,
      arn,
      outcome: "Failed",
      messages: [...messages, `${machine.file}: ${reasonOf(error)}`],
    };
  }
}

async function put(
  machine: ProjectMachine,
  arn: string,
  definition: string,
  target: DeployTarget,
): Promise<"Created" | "Updated" | "Unchanged"> {
  const { name, type } = machine;
  const roleArn = machine.roleArn ?? defaultRoleArn(target.accountId);
  const existing = await target
    .call("DescribeStateMachine", { stateMachineArn: arn })
    .catch((error: unknown) => {
      if (error instanceof Error && error.name === "StateMachineDoesNotExist") return undefined;
      throw error;
    });
  if (existing === undefined) {
    await target.call("CreateStateMachine", { name, definition, roleArn, type });
    return "Created";
  }
  if (existing["type"] !== type) {
    throw new Error(
      `the state machine ${name} exists with type ${String(existing["type"])}, which cannot be changed to ${type}; ` +
        `delete it first: aws stepfunctions delete-state-machine --state-machine-arn ${arn}`,
    );
  }
  if (existing["definition"] === definition && existing["roleArn"] === roleArn) return "Unchanged";
  await target.call("UpdateStateMachine", { stateMachineArn: arn, definition, roleArn });
  return "Updated";
}
