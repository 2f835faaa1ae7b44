/** A generated case: a definition, an input, and all that happens to the execution. */
import type { PendingExpression } from "../../src/data/evaluation.ts";
import type { SimulationOptions } from "../support/simulate.ts";
import { STARTED_AT } from "../support/simulate.ts";
import { drawMapRunWorld } from "./distributed-maps.ts";
import type { Draw } from "./draw.ts";
import { evaluateGuarded } from "./expressions.ts";
import { drawDefinition } from "./machines.ts";
import { scriptedWorker } from "./tasks.ts";
import { drawInput } from "./values.ts";

export interface Scenario {
  /** New for each run: the workers of a run remember their attempts. */
  options(): SimulationOptions;
  /** Whether the guarded evaluator was asked in some run. */
  evaluated(): boolean;
}

export function drawScenario(draw: Draw): Scenario {
  const { definition, scripts } = drawDefinition(draw);
  let asked = false;
  const options = {
    definition,
    input: drawInput(draw),
    evaluate: (expression: PendingExpression) => {
      asked = true;
      return evaluateGuarded(expression);
    },
    limits: {
      historyEvents: draw.pick([150, 150, 60, 20]),
      payloadBytes: draw.pick([262_144, 2000, 700]),
      inlineMapConcurrency: draw.pick([40, 2]),
      eventsPerDecision: draw.pick([1000, 1000, 5, 1]),
    },
    ...draw.maybe(15, "stopAt", () => STARTED_AT + draw.between(0, 20) * 500),
    ...draw.maybe(50, "redrives", () => draw.between(1, 3)),
    ...drawMapRunWorld(draw),
  };
  return { options: () => ({ ...options, task: scriptedWorker(scripts) }), evaluated: () => asked };
}
