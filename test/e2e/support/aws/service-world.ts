/** A server whose tasks call the services of moto through a proxy, and the means to set these up. */
import { join } from "node:path";
import {
  CreateStateMachineCommand,
  type DescribeExecutionCommandOutput,
  type HistoryEvent,
  type SFNClient,
  StartExecutionCommand,
} from "@aws-sdk/client-sfn";
import { eventually } from "../eventually.ts";
import { historyProblems } from "../history-laws.ts";
import { ended, roleArn, sdkClient, wholeHistory } from "../sdk-client.ts";
import { ServerProcess } from "../server-process.ts";
import { type TemporaryFolder, temporaryFolder } from "../temporary-folder.ts";
import { type AwsProxy, awsProxy } from "./aws-proxy.ts";
import { MotoServer } from "./moto-server.ts";

/** For clients of services. */
export interface ClientSettings {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

export interface FinishedExecution {
  readonly description: DescribeExecutionCommandOutput;
  readonly history: readonly HistoryEvent[];
  /** The output read as JSON; how it ended if it did not succeed. */
  readonly output: unknown;
}

export class ServiceWorld {
  readonly moto: MotoServer;
  readonly proxy: AwsProxy;
  readonly #folder: TemporaryFolder;
  #server: ServerProcess;
  #sfn: SFNClient;
  #machines = 0;

  private constructor(
    moto: MotoServer,
    proxy: AwsProxy,
    folder: TemporaryFolder,
    server: ServerProcess,
  ) {
    this.moto = moto;
    this.proxy = proxy;
    this.#folder = folder;
    this.#server = server;
    this.#sfn = sdkClient(server.url);
  }

  static async create(name: string): Promise<ServiceWorld> {
    const moto = await MotoServer.start();
    const proxy = await awsProxy(moto.url);
    const folder = await temporaryFolder(name);
    try {
      return new ServiceWorld(moto, proxy, folder, await serve(proxy, folder));
    } catch (error) {
      await proxy.close();
      await moto.stop();
      await folder.remove();
      throw error;
    }
  }

  get server(): ServerProcess {
    return this.#server;
  }

  get sfn(): SFNClient {
    return this.#sfn;
  }

  /** Straight to moto: what the test itself does is not counted by the proxy. */
  get clientSettings(): ClientSettings {
    return {
      endpoint: this.moto.url,
      region: "us-east-1",
      credentials: { accessKeyId: "test", secretAccessKey: "test" },
    };
  }

  /** Creates a state machine and starts an execution. */
  async start(definition: object, input: unknown = {}): Promise<string> {
    const { stateMachineArn } = await this.#sfn.send(
      new CreateStateMachineCommand({
        name: `machine-${this.#machines++}`,
        definition: JSON.stringify(definition),
        roleArn,
      }),
    );
    const { executionArn } = await this.#sfn.send(
      new StartExecutionCommand({ stateMachineArn, input: JSON.stringify(input) }),
    );
    if (executionArn === undefined) throw new Error("StartExecution answered without an ARN");
    return executionArn;
  }

  /** Waits for the end; the history must obey the laws of histories. */
  async finish(executionArn: string): Promise<FinishedExecution> {
    const description = await ended(this.#sfn, executionArn);
    const history = await wholeHistory(this.#sfn, executionArn);
    const problems = historyProblems(history);
    if (problems.length > 0) throw new Error(problems.join("\n"));
    const { status, error, cause } = description;
    const output =
      description.output === undefined
        ? { status, error, cause }
        : (JSON.parse(description.output) as unknown);
    return { description, history, output };
  }

  async run(definition: object, input: unknown = {}): Promise<FinishedExecution> {
    return this.finish(await this.start(definition, input));
  }

  /** Waits until the history has an event of a type; fails at once if the execution ends without. */
  async reaches(executionArn: string, type: string): Promise<readonly HistoryEvent[]> {
    return eventually(`${type} in ${executionArn}`, async () => {
      const events = await wholeHistory(this.#sfn, executionArn);
      if (events.some((event) => event.type === type)) return events;
      const last = events.at(-1);
      if (/^Execution(?!Started)/.test(last?.type ?? "")) {
        throw new Error(`no ${type}, the execution ended: ${JSON.stringify(last)}`);
      }
      return undefined;
    });
  }

  /** kill -9, then a new server on the same data and port. */
  async crash(): Promise<void> {
    await this.#server.kill();
    await this.#restart();
  }

  /** SIGTERM, then a new server on the same data and port. */
  async restart(): Promise<void> {
    const code = await this.#server.stop();
    if (code !== 0) throw new Error(`the server ended with ${code}:\n${this.#server.log}`);
    await this.#restart();
  }

  async #restart(): Promise<void> {
    this.#sfn.destroy();
    this.#server = await serve(this.proxy, this.#folder, this.#server.port);
    this.#sfn = sdkClient(this.#server.url);
  }

  async close(): Promise<void> {
    this.#sfn.destroy();
    await this.#server.stop();
    await this.proxy.close();
    await this.moto.stop();
    await this.#folder.remove();
  }
}

function serve(proxy: AwsProxy, folder: TemporaryFolder, port?: number): Promise<ServerProcess> {
  return ServerProcess.start({
    args: [
      ...["serve", "--data-dir", join(folder.path, "data"), "--log-level", "warn"],
      // Or every change of status would be a call of EventBridge, too.
      ...["--execution-logs", "off", "--status-events", "off"],
    ],
    environment: {
      AWS_ENDPOINT_URL: proxy.url,
      AWS_REGION: "us-east-1",
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
      AWS_CONFIG_FILE: "/dev/null",
      AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
    },
    ...(port === undefined ? {} : { port }),
  });
}

/** A machine of one Task state. */
export function oneTask(
  resource: string,
  parameters: object,
  more: object = {},
): { readonly StartAt: string; readonly States: object } {
  return {
    StartAt: "Call",
    States: {
      Call: {
        Type: "Task",
        Resource: `arn:aws:states:::${resource}`,
        Parameters: parameters,
        End: true,
        ...more,
      },
    },
  };
}

/** A machine whose Task state leaves one kind of error to a Pass state, as `$.problem`. */
export function catchingTask(resource: string, parameters: object, error: string): object {
  const Catch = [{ ErrorEquals: [error], ResultPath: "$.problem", Next: "Caught" }];
  const { StartAt, States } = oneTask(resource, parameters, { Catch });
  return { StartAt, States: { ...States, Caught: { Type: "Pass", End: true } } };
}

/** The types of events inside the first state, between its entry and its exit. */
export function taskEvents(history: readonly HistoryEvent[]): string[] {
  return history.map(({ type }) => type ?? "").filter((type) => /^Task(?!State)/.test(type));
}

/** `error` and `cause` of the failures of tasks, in order. */
export function failures(
  history: readonly HistoryEvent[],
): { readonly error: string | undefined; readonly cause: string | undefined }[] {
  return history.flatMap((event) => {
    const details =
      event.taskFailedEventDetails ??
      event.taskSubmitFailedEventDetails ??
      event.taskStartFailedEventDetails;
    return details === undefined ? [] : [{ error: details.error, cause: details.cause }];
  });
}
