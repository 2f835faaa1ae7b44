import type { ExecutionInsight } from "../../engine/execution-insight.ts";
import { checkArn } from "../arn.ts";
import { errors } from "../errors.ts";
import { arn } from "../model.ts";
import { operation } from "../operation.ts";
import type { Operation } from "../operation.ts";
import { required } from "../shapes.ts";
import { refuseExpress } from "./explain-execution.ts";

/** Two STANDARD executions, state by state, and where they parted. */
export const compareExecutions = (insight: ExecutionInsight): Operation =>
  operation(
    "Stepwell.CompareExecutions",
    { executionArn: required(arn), otherExecutionArn: required(arn) },
    async ({ executionArn, otherExecutionArn }) => {
      for (const one of [executionArn, otherExecutionArn]) {
        checkArn(one, "execution", "express");
        refuseExpress(one);
      }
      const compared = await insight.comparer.compare(executionArn, otherExecutionArn);
      if ("missing" in compared) throw errors.executionDoesNotExist(compared.missing);
      const { isCut, visits, ...rest } = compared;
      return {
        ...rest,
        visits: visits.map(({ input, output, ...visit }) => ({
          ...visit,
          input: input && { members: input.members, truncated: input.isCut },
          output: output && { members: output.members, truncated: output.isCut },
        })),
        truncated: isCut,
      };
    },
  );
