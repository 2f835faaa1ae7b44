import type { ExecutionInsight } from "../../engine/execution-insight.ts";
import { checkArn } from "../arn.ts";
import { errors } from "../errors.ts";
import { arn } from "../model.ts";
import { operation } from "../operation.ts";
import type { Operation } from "../operation.ts";
import { required } from "../shapes.ts";

/** Why a STANDARD execution failed, timed out or was stopped, or what it waits for. */
export const explainExecution = (insight: ExecutionInsight): Operation =>
  operation("Stepwell.ExplainExecution", { executionArn: required(arn) }, async (input) => {
    const { executionArn } = input;
    checkArn(executionArn, "execution", "express");
    refuseExpress(executionArn);
    const explained = await insight.explainer.explain(executionArn);
    if (explained === undefined) throw errors.executionDoesNotExist(executionArn);
    return { ...explained };
  });

/** Throws ValidationException: the histories of EXPRESS executions are not kept. */
export function refuseExpress(executionArn: string): void {
  if (executionArn.split(":")[5] !== "express") return;
  throw errors.validation(
    `${executionArn} is an EXPRESS execution, whose history is not kept. An EXPRESS execution may last 5 minutes at most; ` +
      "its events are in its logs if the state machine's loggingConfiguration has the level ALL. " +
      "Run the definition as a STANDARD state machine to have it explained",
  );
}
