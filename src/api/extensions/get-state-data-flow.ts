import type { ExecutionInsight } from "../../engine/execution-insight.ts";
import { checkArn } from "../arn.ts";
import { errors } from "../errors.ts";
import { arn } from "../model.ts";
import { operation } from "../operation.ts";
import type { Operation } from "../operation.ts";
import { required } from "../shapes.ts";
import { eventId } from "./event-id.ts";

/** What each stage of a past state made of its data. `eventId`: of the state's …StateEntered. */
export const getStateDataFlow = (insight: ExecutionInsight): Operation =>
  operation(
    "Stepwell.GetStateDataFlow",
    { executionArn: required(arn), eventId: required(eventId) },
    async (input) => {
      checkArn(input.executionArn, "execution");
      const flow = await insight.dataFlow.read(input.executionArn, input.eventId);
      if (flow === undefined) {
        const message = `Event ${input.eventId} is not the entry of a state in a history that is here`;
        throw errors.validation(message);
      }
      return { ...flow };
    },
  );
