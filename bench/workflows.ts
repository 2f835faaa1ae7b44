/** The workflows that every benchmark runs, and their inputs. */

export interface Workload {
  readonly name: string;
  readonly title: string;
  readonly definition: unknown;
  /** JSON text. */
  readonly input: string;
  /** States entered by one execution: what AWS bills as transitions. */
  readonly transitions: number;
  /** Whether it is written in JSONata. */
  readonly jsonata?: true;
}

/** A task that does nothing; the runner of the benchmark decides what carries it out. */
const NOOP_FUNCTION_ARN = "arn:aws:lambda:us-east-1:123456789012:function:noop";

const JSONATA = { QueryLanguage: "JSONata" };

function chain(count: number, state: (index: number) => object, top: object = {}): unknown {
  const names = Array.from({ length: count }, (_, index) => `S${index}`);
  const states = names.map((name, index) => {
    const next = names[index + 1];
    return [name, { ...state(index), ...(next === undefined ? { End: true } : { Next: next }) }];
  });
  return { ...top, StartAt: "S0", States: Object.fromEntries(states) };
}

function map(): unknown {
  return {
    StartAt: "Each",
    States: {
      Each: {
        Type: "Map",
        ItemsPath: "$.items",
        ItemProcessor: {
          ProcessorConfig: { Mode: "INLINE" },
          StartAt: "Handle",
          States: {
            Handle: { Type: "Pass", Result: { done: true }, ResultPath: "$.result", End: true },
          },
        },
        End: true,
      },
    },
  };
}

/** The work of `map` in JSONata. */
function jsonataMap(): unknown {
  const output = "{% $merge([$states.input, {'result': {'done': true}}]) %}";
  return {
    ...JSONATA,
    StartAt: "Each",
    States: {
      Each: {
        Type: "Map",
        Items: "{% $states.input.items %}",
        ItemProcessor: {
          ProcessorConfig: { Mode: "INLINE" },
          StartAt: "Handle",
          States: { Handle: { Type: "Pass", Output: output, End: true } },
        },
        End: true,
      },
    },
  };
}

function items(count: number): string {
  const values = Array.from({ length: count }, (_, id) => ({ id, sku: `item-${id}`, quantity: 3 }));
  return JSON.stringify({ items: values });
}

const ORDER = JSON.stringify({ orderId: "12345", customer: "c-1", items: [1, 2, 3] });

export const WORKLOADS: readonly Workload[] = [
  {
    name: "W1",
    title: "ten Pass states",
    definition: chain(10, (index) => ({
      Type: "Pass",
      Result: { step: index },
      ResultPath: "$.last",
    })),
    input: ORDER,
    transitions: 10,
  },
  {
    name: "W2",
    title: "five no-op tasks",
    definition: chain(5, () => ({
      Type: "Task",
      Resource: NOOP_FUNCTION_ARN,
      ResultPath: "$.last",
    })),
    input: ORDER,
    transitions: 5,
  },
  {
    name: "W3",
    title: "Map over 100 items",
    definition: map(),
    input: items(100),
    transitions: 101,
  },
  {
    name: "W4",
    title: "Map over 4,000 items",
    definition: map(),
    input: items(4000),
    transitions: 4001,
  },
  {
    name: "W1q",
    title: "ten Pass states, JSONata",
    definition: chain(
      10,
      (index) => ({
        Type: "Pass",
        Output: `{% $merge([$states.input, {'last': {'step': ${index}}}]) %}`,
      }),
      JSONATA,
    ),
    input: ORDER,
    transitions: 10,
    jsonata: true,
  },
  {
    name: "W2q",
    title: "five no-op tasks, JSONata",
    definition: chain(
      5,
      () => ({
        Type: "Task",
        Resource: NOOP_FUNCTION_ARN,
        Output: "{% $merge([$states.input, {'last': $states.result}]) %}",
      }),
      JSONATA,
    ),
    input: ORDER,
    transitions: 5,
    jsonata: true,
  },
  {
    name: "W3q",
    title: "Map over 100 items, JSONata",
    definition: jsonataMap(),
    input: items(100),
    transitions: 101,
    jsonata: true,
  },
];
