import type { ExecutionInsight } from "../../engine/execution-insight.ts";
import { checkArn } from "../arn.ts";
import { errors } from "../errors.ts";
import { arn } from "../model.ts";
import { operation } from "../operation.ts";
import type { Operation } from "../operation.ts";
import { eventId } from "./event-id.ts";
import { required } from "../shapes.ts";
import { seconds } from "../time.ts";

/** Time travel: a STANDARD execution as it was right after one of its events. */
export const getExecutionSnapshot = (insight: ExecutionInsight): Operation =>
  operation(
    "Stepwell.GetExecutionSnapshot",
    { executionArn: required(arn), eventId: required(eventId) },
    async (input) => {
      checkArn(input.executionArn, "execution");
      const snapshot = await insight.past.snapshot(input.executionArn, input.eventId);
      if (snapshot === undefined) throw errors.executionDoesNotExist(input.executionArn);
      const { at, frames, ...rest } = snapshot;
      return {
        ...rest,
        timestamp: seconds(at),
        frames: frames.map(({ enteredAt, phase, ...frame }) => ({
          ...frame,
          enteredDate: seconds(enteredAt),
          phase: "dueAt" in phase ? { type: phase.type, dueDate: seconds(phase.dueAt) } : phase,
        })),
      };
    },
  );
