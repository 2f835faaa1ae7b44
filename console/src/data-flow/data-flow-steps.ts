/** The stages of a state's data flow with the fields of its definition that made them. */
import { isObject } from "../../../src/json/kind.ts";
import type { Json } from "../../../src/json/json.ts";
import { prettyValue } from "../components/json-text.ts";
import type { StateDataFlow } from "../api/own-operations.ts";
import { changedLines, type ChangedLines } from "./changed-lines.ts";

export interface DataFlowStep {
  readonly id: string;
  readonly title: string;
  /** Name of the field; undefined: no field does it. */
  readonly field: string | undefined;
  /** The field's value as JSON text; undefined: the definition does not have it. */
  readonly expression: string | undefined;
  /** Indented JSON. */
  readonly text: string;
  /** Against what it was made of; undefined: it is new, or they were not compared. */
  readonly changes: ChangedLines | undefined;
  /** Whether nothing was done: the value is that of the stage before, and no field says otherwise. */
  readonly isPassing: boolean;
}

interface Stage {
  readonly id: string;
  readonly title: string;
  readonly field?: string;
}

const STAGES: Readonly<Record<string, Stage>> = {
  afterInputPath: { id: "afterInputPath", title: "After InputPath", field: "InputPath" },
  afterParameters: { id: "afterParameters", title: "After Parameters", field: "Parameters" },
  afterArguments: { id: "afterArguments", title: "After Arguments", field: "Arguments" },
  afterItemsPath: { id: "afterItemsPath", title: "Items", field: "ItemsPath" },
  afterItemsPointer: { id: "afterItemsPointer", title: "Items", field: "ItemReader" },
  afterItemSelector: {
    id: "afterItemSelector",
    title: "After ItemSelector",
    field: "ItemSelector",
  },
  afterItemBatcher: { id: "afterItemBatcher", title: "After ItemBatcher", field: "ItemBatcher" },
  afterResultSelector: {
    id: "afterResultSelector",
    title: "After ResultSelector",
    field: "ResultSelector",
  },
  afterResultPath: { id: "afterResultPath", title: "After ResultPath", field: "ResultPath" },
};

/** Which stages come after the work. */
const AFTER_WORK = new Set(["afterResultSelector", "afterResultPath"]);

/** In the order in which the data went. `state`: its definition; undefined: not at hand. */
export function dataFlowSteps(
  flow: StateDataFlow,
  state: Json | undefined,
): readonly DataFlowStep[] {
  const steps: DataFlowStep[] = [];
  const field = (name: string | undefined): Json | undefined =>
    name !== undefined && state !== undefined && isObject(state) && Object.hasOwn(state, name)
      ? state[name]
      : undefined;
  const add = ({ id, title, field: name }: Stage, value: Json): void => {
    const before = beforeOf(id, steps);
    const text = prettyValue(value);
    const found = field(name);
    steps.push({
      id,
      title,
      field: name,
      expression: found === undefined ? undefined : prettyValue(found),
      text,
      changes: before === undefined ? undefined : changedLines(before.text, text),
      isPassing: found === undefined && name !== undefined && steps.at(-1)?.text === text,
    });
  };
  add({ id: "input", title: "State input" }, flow.input);
  const stages = flow.stages.filter(({ stage }) => stage !== "result");
  const recorded = flow.stages.find(({ stage }) => stage === "result")?.value;
  for (const { stage, value } of stages) {
    if (!AFTER_WORK.has(stage)) add(stageOf(stage, field), value);
  }
  const result = flow.result ?? recorded;
  if (result !== undefined) {
    const work = workOf(flow.type);
    add({ id: "result", ...work }, result);
  }
  for (const { stage, value } of stages)
    if (AFTER_WORK.has(stage)) add(stageOf(stage, field), value);
  if (flow.output !== undefined) {
    const name = flow.queryLanguage === "JSONata" ? "Output" : "OutputPath";
    add({ id: "output", title: "State output", field: name }, flow.output);
  }
  return steps;
}

/** What a stage is compared with: work makes something new, and ResultPath adds to the input. */
function beforeOf(id: string, steps: readonly DataFlowStep[]): DataFlowStep | undefined {
  if (id === "result") return undefined;
  return id === "afterResultPath" ? steps[0] : steps.at(-1);
}

function stageOf(stage: string, field: (name: string) => Json | undefined): Stage {
  const known = STAGES[stage];
  if (known === undefined) return { id: stage, title: stage };
  // JSONata has Items in the place of ItemsPath, older Maps have Parameters as ItemSelector.
  if (stage === "afterItemsPath" && field("Items") !== undefined)
    return { ...known, field: "Items" };
  if (stage === "afterItemSelector" && field("ItemSelector") === undefined) {
    return { ...known, field: field("Parameters") === undefined ? "ItemSelector" : "Parameters" };
  }
  return known;
}

function workOf(type: string): { readonly title: string; readonly field?: string } {
  switch (type) {
    case "Task":
      return { title: "Result of the task", field: "Resource" };
    case "Pass":
      return { title: "Result", field: "Result" };
    case "Map":
      return { title: "Results of the items" };
    case "Parallel":
      return { title: "Results of the branches" };
    default:
      return { title: "Result" };
  }
}
