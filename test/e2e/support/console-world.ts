/** State machines and executions as a shop would have them, for pictures and tests of the console. */
import {
  CreateActivityCommand,
  CreateStateMachineAliasCommand,
  CreateStateMachineCommand,
  GetActivityTaskCommand,
  type SFNClient,
  SendTaskFailureCommand,
  SendTaskSuccessCommand,
  StartExecutionCommand,
} from "@aws-sdk/client-sfn";
import { FRAGILE, ORDER, ORDER_INPUT, SLOW } from "./console-examples.ts";
import { ended, roleArn } from "./sdk-client.ts";

export class ConsoleWorld {
  readonly #client: SFNClient;
  #activityArn = "";

  constructor(client: SFNClient) {
    this.#client = client;
  }

  /** The activity that the examples' tasks go to. */
  async createActivity(name = "ship"): Promise<void> {
    const { activityArn = "" } = await this.#client.send(new CreateActivityCommand({ name }));
    if (name === "ship") this.#activityArn = activityArn;
  }

  /** Gives the ARN. */
  async createMachine(name: string, definition: object): Promise<string> {
    const { stateMachineArn = "" } = await this.#client.send(
      new CreateStateMachineCommand({
        name,
        definition: JSON.stringify(definition, undefined, 2),
        roleArn,
        tags: [{ key: "team", value: "shop" }],
      }),
    );
    return stateMachineArn;
  }

  async createAlias(name: string, stateMachineVersionArn: string): Promise<void> {
    const routingConfiguration = [{ stateMachineVersionArn, weight: 100 }];
    await this.#client.send(new CreateStateMachineAliasCommand({ name, routingConfiguration }));
  }

  /** Gives the ARN. */
  async start(stateMachineArn: string, name: string, input: object): Promise<string> {
    const { executionArn = "" } = await this.#client.send(
      new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(input) }),
    );
    return executionArn;
  }

  /** Does the next task of the activity; `error`: it fails. */
  async work(
    error?: { readonly error: string; readonly cause: string },
    output: object = { parcel: "1Z999AA1" },
  ): Promise<void> {
    const { taskToken } = await this.#client.send(
      new GetActivityTaskCommand({ activityArn: this.#activityArn, workerName: "dock-3" }),
    );
    if (error !== undefined) {
      await this.#client.send(new SendTaskFailureCommand({ taskToken, ...error }));
    } else {
      const text = JSON.stringify(output);
      await this.#client.send(new SendTaskSuccessCommand({ taskToken, output: text }));
    }
  }

  ended(executionArn: string): Promise<unknown> {
    return ended(this.#client, executionArn);
  }

  /** Three state machines with executions of all kinds. */
  async fill(): Promise<FilledWorld> {
    await this.createActivity();
    await this.createActivity("approve-refund");
    const machine = await this.createMachine("order-processing", ORDER);
    const nightly = await this.createMachine("nightly-report", SLOW);
    const refund = await this.createMachine("refund", FRAGILE);
    for (const name of ["2026-11-21", "2026-11-22"]) {
      await this.ended(await this.start(nightly, name, { seconds: 0 }));
    }
    const succeeded = await this.start(machine, "order-A-1040", ORDER_INPUT);
    await this.work();
    await this.ended(succeeded);
    const failed = await this.start(refund, "refund-77", { orderId: "A-1017", amount: 40 });
    await this.work({
      error: "Bank.Rejected",
      cause: "The bank says: account closed since 2026-10-02.",
    });
    await this.ended(failed);
    const unpaid = { orderId: "A-1041", paid: false, amount: 12, items: [] };
    await this.ended(await this.start(machine, "order-A-1041", unpaid));
    await this.start(nightly, "2026-11-23", { seconds: 3600 });
    return { machine, nightly, refund, succeeded, failed };
  }
}

/** ARNs. */
export interface FilledWorld {
  readonly machine: string;
  readonly nightly: string;
  readonly refund: string;
  readonly succeeded: string;
  readonly failed: string;
}
