/** Generated definitions, whole and broken: the parser accepts the first and survives the second. */
import { describe, expect, it } from "vitest";
import { parseDefinition } from "../../src/asl/parse-definition.ts";
import { variableReferences } from "../../src/asl/variable-references.ts";
import { simulate, type TaskAnswer } from "../support/simulate.ts";
import { evaluateGuarded } from "./expressions.ts";
import { forAll, runs, SEED, TIMEOUT } from "./for-all.ts";
import { checkLaws } from "./laws.ts";
import { drawDefinition } from "./machines.ts";
import { damage, mutate } from "./mutation.ts";
import { drawInput } from "./values.ts";

const RUNS = runs(250);
const TYPES = ["STANDARD", "EXPRESS"] as const;

/** Workers that always answer, so that every execution comes to its end. */
const answers: readonly TaskAnswer[] = [{ output: { n: 1, list: [1] } }, { error: "Boom" }];

describe("a generated definition", () => {
  it(`is valid in ${RUNS} cases (SEED=${SEED})`, { timeout: TIMEOUT }, () => {
    forAll(RUNS, (draw) => {
      const { definition } = drawDefinition(draw);
      const { diagnostics } = parseDefinition(JSON.stringify(definition), { type: "STANDARD" });
      expect(diagnostics.filter(({ severity }) => severity === "ERROR")).toEqual([]);
    });
  });

  it("is refused or runs when it was changed", { timeout: TIMEOUT }, () => {
    const seen = { refused: 0, ran: 0 };
    forAll(RUNS, (draw) => {
      const definition = mutate(draw, drawDefinition(draw).definition);
      const text = JSON.stringify(definition);
      try {
        const [standard] = TYPES.map((type) => parseDefinition(text, { type }));
        const errors = standard!.diagnostics.filter(({ severity }) => severity === "ERROR");
        expect(standard!.definition === undefined).toBe(errors.length > 0);
        if (standard!.definition === undefined) {
          seen.refused += 1;
          return;
        }
        seen.ran += 1;
        variableReferences(standard!.definition);
        let turn = 0;
        const task = (): TaskAnswer => answers[turn++ % answers.length]!;
        const limits = { historyEvents: 100, payloadBytes: 5000 };
        const options = { definition, input: drawInput(draw), task, limits };
        checkLaws(simulate({ ...options, evaluate: evaluateGuarded, redrives: 1 }));
      } catch (error) {
        throw new Error(`broken by ${text}`, { cause: error });
      }
    });
    if (seen.refused + seen.ran < 100) return;
    expect(seen.refused).toBeGreaterThan(RUNS / 4);
    expect(seen.ran).toBeGreaterThan(RUNS / 20);
  });

  it("is refused or accepted when its text was damaged", { timeout: TIMEOUT }, () => {
    forAll(RUNS, (draw) => {
      const text = damage(draw, JSON.stringify(drawDefinition(draw).definition));
      for (const type of TYPES) {
        const { definition, diagnostics } = parseDefinition(text, { type });
        const refused = diagnostics.some(({ severity }) => severity === "ERROR");
        expect(definition === undefined).toBe(refused);
      }
    });
  });
});
