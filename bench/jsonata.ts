/**
 * JSONata expressions a second: evaluated in the server, through the guarded evaluator's processes, and
 * by the bare library (compiled once), in the same process and run. BENCH_SECONDS per number.
 */
import { createHash, randomUUID } from "node:crypto";
import { performance } from "node:perf_hooks";
import jsonata from "jsonata";
import type { Scope } from "../src/data/evaluation.ts";
import { compileJsonata } from "../src/data/jsonata/compile.ts";
import { createEvaluator } from "../src/evaluator/evaluator.ts";

const SECONDS = Number(process.env["BENCH_SECONDS"] ?? 1);
/** Requests that wait for the processes at the same time. */
const AT_ONCE = 8;

const EXPRESSIONS: readonly string[] = [
  "$states.input.order.id",
  "$states.input.order.items",
  "$states.input.order.items.sku",
  "$states.input.order.items[qty > 2].sku",
  "$sum($states.input.order.items.(qty * price))",
  "$states.input.order.total > 100 and $states.input.order.status = 'NEW'",
  "'Order ' & $states.input.order.id & ' of ' & $customer.name",
  "{'id': $states.input.order.id, 'count': $count($states.input.order.items), 'to': $customer}",
  "$merge([$states.input.order, {'status': 'DONE'}])",
  "$exists($states.input.order.note) ? $states.input.order.note : 'none'",
  "($n := $count($states.input.order.items); $n > 10 ? 'many' : 'few')",
  "$map($states.input.order.items, function($i) { $i.qty * $i.price })",
];

const input = {
  order: {
    id: "o-1",
    status: "NEW",
    total: 250.5,
    items: Array.from({ length: 20 }, (_, n) => ({ sku: `sku-${n}`, qty: n % 5, price: n + 0.5 })),
  },
};
const customer = { name: "Ann", address: { city: "Bern" } };
const context = { Execution: { Id: "e" }, State: { Name: "S" } };

const scope: Scope = {
  input,
  states: { input },
  context: () => context,
  variable: (name) => (name === "customer" ? customer : undefined),
  random: Math.random,
  uuid: randomUUID,
  hash: (algorithm, text) => createHash(algorithm).update(text).digest("hex"),
};

/** How often `once` can be called in a second; it answers how often it did its work. */
async function rate(once: () => number | Promise<number>): Promise<number> {
  await once();
  const start = performance.now();
  let done = 0;
  while (performance.now() - start < SECONDS * 1000) {
    // Only what is asynchronous pays for it.
    const more = once();
    done += typeof more === "number" ? more : await more;
  }
  return (done / (performance.now() - start)) * 1000;
}

const evaluator = createEvaluator({ processes: 2 });
console.log("expressions a second: here, by the processes, by the bare library");
for (const text of EXPRESSIONS) {
  const expression = compileJsonata(text);
  if ("problem" in expression) throw new Error(expression.problem);
  const isFast = expression.evaluateNow(scope, "Output") !== undefined;
  const here = isFast
    ? await rate(() => {
        for (let turn = 0; turn < 100; turn += 1) expression.evaluateNow(scope, "Output");
        return 100;
      })
    : undefined;
  const request = {
    expressions: [{ text, field: "Output" }],
    states: { input, context },
    variables: { customer },
  };
  const processes = await rate(async () => {
    await Promise.all(Array.from({ length: AT_ONCE }, () => evaluator.evaluate(request)));
    return AT_ONCE;
  });
  const bare = jsonata(text);
  const library = await rate(async () => {
    await bare.evaluate(undefined, { states: { input, context }, customer });
    return 1;
  });
  const shown = [here, processes, library].map((number) =>
    (number === undefined ? "-" : Math.round(number).toLocaleString("en")).padStart(10),
  );
  const times = here === undefined ? "" : ` x${(here / library).toFixed(0)}`;
  console.log(`${shown.join(" ")}${times.padStart(6)}  ${text}`);
}
await evaluator.close();
