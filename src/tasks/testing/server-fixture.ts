/**
 * A server process for tests that kill it: runs the function `busy` of the folder in argv[2] with the
 * event in argv[3], and waits.
 */
import { pino } from "pino";
import type { Json } from "../../json/json.ts";
import { loadFunctions } from "../functions/load-functions.ts";
import { createTaskRunner } from "../task-runner.ts";
import { lambdaResource, runTask, taskCall } from "./task-harness.ts";

const [, , folder = "", event = "null"] = process.argv;
const { functions } = await loadFunctions(folder);
const runner = createTaskRunner({
  functions,
  region: "us-east-1",
  accountId: "123456789012",
  logger: pino({ level: "silent" }),
});
void runTask(runner, taskCall(lambdaResource("busy"), JSON.parse(event) as Json));
