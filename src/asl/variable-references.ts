/** Which variables the states of a definition read, as DescribeStateMachine tells it. */
import type { Payload } from "../data/evaluation.ts";
import type { Path } from "../data/path.ts";
import type { Amount, ChoiceRule, FailText, Machine, State, Test, Until } from "./definition.ts";

/**
 * The names of the variables that a state reads, sorted, by the state's name. States without any are
 * left out; those of branches and item processors stand beside the others, as names are unique.
 */
export function variableReferences(machine: Machine): Readonly<Record<string, readonly string[]>> {
  const found: (readonly [string, readonly string[]])[] = [];
  const open: Machine[] = [machine];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const state of next.states.values()) {
      const names = variablesRead(state);
      if (names.length > 0) found.push([state.name, names]);
      if (state.type === "Parallel") open.push(...state.branches);
      if (state.type === "Map") open.push(state.processor);
    }
  }
  return Object.fromEntries(found);
}

/** The variables that a state itself reads, not those of states inside it; sorted. */
export function variablesRead(state: State): readonly string[] {
  const names = new Reader();
  switch (state.type) {
    case "Fail":
      names.text(state.error);
      names.text(state.cause);
      break;
    case "Choice":
      names.payload(state.assign);
      for (const rule of state.choices) names.rule(rule);
      break;
    case "Wait":
      names.payload(state.assign);
      names.until(state.until);
      break;
    case "Pass":
      names.payload(state.assign);
      names.payload(state.parameters);
      break;
    case "Task":
    case "Parallel":
    case "Map":
      names.work(state);
      break;
    case "Succeed":
      break;
  }
  if (state.type !== "Fail") {
    names.path(state.inputPath);
    names.path(state.outputPath);
    names.payload(state.output);
  }
  return names.sorted();
}

type WorkState = Extract<State, { type: "Task" | "Parallel" | "Map" }>;

class Reader {
  readonly #names = new Set<string>();

  sorted(): readonly string[] {
    return [...this.#names].toSorted();
  }

  path(path: Path | null | undefined): void {
    if (path?.variable !== undefined) this.#names.add(path.variable);
  }

  payload(payload: Payload | undefined): void {
    this.#all(payload?.variables ?? []);
  }

  text(text: FailText | undefined): void {
    if (text?.type === "Path") this.#all(text.expression.variables);
    if (text?.type === "Expression") this.payload(text.payload);
  }

  amount(amount: Amount | undefined): void {
    if (amount?.type === "Path") this.path(amount.path);
    if (amount?.type === "Expression") this.payload(amount.payload);
  }

  until(until: Until): void {
    if ("path" in until) this.path(until.path);
    if ("payload" in until) this.payload(until.payload);
  }

  rule({ test, output, assign }: ChoiceRule): void {
    this.payload(output);
    this.payload(assign);
    if (test.type === "Condition") this.payload(test.condition);
    else this.#test(test);
  }

  work(state: WorkState): void {
    for (const payload of [state.parameters, state.resultSelector, state.assign]) {
      this.payload(payload);
    }
    for (const { output, assign } of state.catch) {
      this.payload(output);
      this.payload(assign);
    }
    if (state.type === "Task") {
      this.amount(state.timeoutSeconds);
      this.amount(state.heartbeatSeconds);
      this.payload(state.credentials);
    } else if (state.type === "Map") {
      this.#map(state);
    }
  }

  #map(state: Extract<State, { type: "Map" }>): void {
    const { itemReader, itemBatcher, resultWriter } = state;
    this.path(state.itemsPath);
    this.payload(state.items);
    this.payload(state.itemSelector);
    this.payload(itemReader?.parameters);
    this.payload(itemBatcher?.batchInput);
    this.payload(resultWriter?.parameters);
    this.amount(state.maxConcurrency);
    this.amount(state.toleratedFailureCount);
    this.amount(state.toleratedFailurePercentage);
    this.amount(itemReader?.maxItems);
    this.amount(itemBatcher?.maxItemsPerBatch);
    this.amount(itemBatcher?.maxInputBytesPerBatch);
  }

  #test(test: Test): void {
    switch (test.type) {
      case "And":
      case "Or":
        for (const inner of test.tests) this.#test(inner);
        return;
      case "Not":
        return this.#test(test.test);
      case "Is":
        return this.path(test.variable);
      case "Compare":
        this.path(test.variable);
        if (test.operand.type === "Path") this.path(test.operand.path);
    }
  }

  #all(names: readonly string[]): void {
    for (const name of names) this.#names.add(name);
  }
}
