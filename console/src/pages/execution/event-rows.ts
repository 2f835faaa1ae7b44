/** Events as rows that can be filtered. */
import type {
  PropertyFilterOption,
  PropertyFilterProperty,
} from "@cloudscape-design/collection-hooks";
import type { HistoryEvent } from "../../api/operations.ts";
import type { HistorySnapshot } from "../../history/execution-history.ts";

export interface EventRow {
  readonly id: number;
  readonly type: HistoryEvent["type"];
  /** Name of the state; "" for the execution's own. */
  readonly state: string;
  /** The state and, in a Map, which item. */
  readonly place: string;
  /** Since the start of the execution. */
  readonly seconds: number;
  /** Epoch seconds. */
  readonly timestamp: number;
}

const NUMBERS = ["=", "!=", ">", ">=", "<", "<="] as const;
const TEXTS = ["=", "!=", ":", "!:"] as const;

export const FILTERING_PROPERTIES: readonly PropertyFilterProperty[] = [
  {
    key: "type",
    propertyLabel: "Type",
    groupValuesLabel: "Types",
    operators: TEXTS,
    defaultOperator: "=",
  },
  {
    key: "state",
    propertyLabel: "State",
    groupValuesLabel: "States",
    operators: TEXTS,
    defaultOperator: "=",
  },
  {
    key: "seconds",
    propertyLabel: "Seconds after the start",
    groupValuesLabel: "Seconds after the start",
    operators: NUMBERS,
    defaultOperator: ">=",
  },
  {
    key: "id",
    propertyLabel: "ID",
    groupValuesLabel: "IDs",
    operators: NUMBERS,
    defaultOperator: ">=",
  },
];

/** `startDate`: epoch seconds. */
export function eventRows({ events, runs }: HistorySnapshot, startDate: number): EventRow[] {
  return events.map(({ id, type, timestamp }) => {
    const run = runs.runOf(id);
    const state = run?.name ?? "";
    return {
      id,
      type,
      state,
      place: run?.iteration === undefined ? state : `${state} [${run.iteration}]`,
      seconds: timestamp - startDate,
      timestamp,
    };
  });
}

/** What can be chosen: the types and states that there are. */
export function optionsOf(rows: readonly EventRow[]): PropertyFilterOption[] {
  const types = new Set(rows.map(({ type }) => type));
  const states = new Set(rows.map(({ state }) => state));
  states.delete("");
  return [
    ...[...types].toSorted().map((value) => ({ propertyKey: "type", value })),
    ...[...states].toSorted().map((value) => ({ propertyKey: "state", value })),
  ];
}
