import type { ExecutionInsight } from "../../engine/execution-insight.ts";
import { checkArn } from "../arn.ts";
import { errors } from "../errors.ts";
import { arn } from "../model.ts";
import { operation } from "../operation.ts";
import type { Operation } from "../operation.ts";
import { required } from "../shapes.ts";

/** Which execution and event a fork goes on from, and which test case it runs with. */
export const getExecutionOrigin = (insight: ExecutionInsight): Operation =>
  operation(
    "Stepwell.GetExecutionOrigin",
    { executionArn: required(arn) },
    async ({ executionArn }) => {
      checkArn(executionArn, "execution");
      const origin = await insight.past.origin(executionArn);
      if (origin === undefined) throw errors.executionDoesNotExist(executionArn);
      return { ...origin };
    },
  );
