/** Payloads, variables and histories that are too large. */
import { utf8Length } from "../../../json/size.ts";
import { isArray, isObject } from "../../../json/kind.ts";
import type { Json } from "../../../json/json.ts";
import { stringifyCompact } from "../../../json/stringify.ts";
import type { Explanation, Fact } from "../explanation.ts";
import { isHistoryFull, type FailureSite } from "../failure-site.ts";
import { count } from "../shown-value.ts";
import { stateTitle } from "./recognizer.ts";

/** Members, or states, that are told. */
const LARGEST = 5;

export function dataLimit(site: FailureSite): Explanation | undefined {
  if (site.error !== "States.DataLimitExceeded") return undefined;
  const { payloadBytes } = site.past.execution.limits;
  const variables = /exceed (\d+) bytes together/u.exec(site.reason)?.[1];
  const isDeep = /nested more than (\d+) levels/u.exec(site.reason)?.[1];
  const isBatch = /larger than MaxInputBytesPerBatch/u.test(site.reason);
  const what = whatOf(site);
  const limit =
    variables === undefined
      ? isDeep === undefined
        ? `${bytes(payloadBytes)} allowed`
        : `${isDeep} levels allowed`
      : `${bytes(Number(variables))} that all variables may have together`;
  const summary =
    variables !== undefined
      ? `${stateTitle(site)}: its Assign makes the variables larger than the ${limit}.`
      : isDeep !== undefined
        ? `${stateTitle(site)}: ${what} is nested deeper than the ${limit}.`
        : isBatch
          ? `${stateTitle(site)}: one item alone is larger than MaxInputBytesPerBatch.`
          : `${stateTitle(site)}: ${what} is larger than the ${limit}.`;
  return {
    summary,
    facts: [
      { label: "Bound", value: limit },
      ...sizeFacts("Input of the state", site.input),
      ...sizeFacts("What the task was called with", site.visit && site.past.taskInput(site.visit)),
    ],
    fixes: [
      "Store the data elsewhere (S3, a database) and pass only its key.",
      site.state?.language === "JSONata"
        ? "Keep only what later states need in Output and Assign."
        : "Keep only what later states need: ResultSelector picks members of the result, OutputPath of the output.",
      ...(site.state?.type === "Map"
        ? [
            "A distributed Map with a ResultWriter writes its results to S3 instead of collecting them.",
          ]
        : []),
    ],
  };
}

/** By the moment it was noticed at. */
function whatOf({ after, state }: FailureSite): string {
  if (/(?:Started|Failed|Submitted)$/u.test(after) && state?.type === "Task")
    return "the result of the task";
  if (after.endsWith("Succeeded") || after.endsWith("Exited")) return "its output";
  if (after.endsWith("Scheduled")) return "the result of the task";
  if (state?.type === "Map" && after !== "MapStateEntered") return "an item or the result";
  if (state?.type === "Task" || state?.type === "Parallel")
    return "what Parameters or Arguments make";
  return "its output";
}

function sizeFacts(label: string, value: Json | undefined): Fact[] {
  if (value === undefined) return [];
  const parts = isArray(value)
    ? value.map((item, index): readonly [string, Json] => [`[${index}]`, item])
    : isObject(value)
      ? Object.entries(value)
      : [];
  const sizes = parts
    .map(([name, part]) => ({ name, size: utf8Length(stringifyCompact(part)) }))
    .toSorted((a, b) => b.size - a.size)
    .slice(0, LARGEST)
    .map(({ name, size }) => `${name} ${bytes(size)}`);
  const largest = sizes.length === 0 ? "" : `; largest parts: ${sizes.join(", ")}`;
  return [{ label, value: `${bytes(utf8Length(stringifyCompact(value)))}${largest}` }];
}

function bytes(amount: number): string {
  if (amount < 1_024) return count(amount, "byte");
  return `${Math.round((amount / 1_024) * 10) / 10} KiB`;
}

export function historyLimit(site: FailureSite): Explanation | undefined {
  if (!isHistoryFull(site)) return undefined;
  const events = /\((\d+)\)/u.exec(site.cause)?.[1] ?? "no more";
  const visits = new Map<string, number>();
  for (const { name } of site.past.index.visits) visits.set(name, (visits.get(name) ?? 0) + 1);
  const most = [...visits].toSorted((a, b) => b[1] - a[1]).slice(0, LARGEST);
  const [first] = most;
  const loop =
    first === undefined ? "" : ` State '${first[0]}' alone was entered ${count(first[1], "time")}.`;
  return {
    summary: `The history is full: one execution can have ${events} events.${loop}`,
    facts: most.map(([name, times]) => ({ label: name, value: `entered ${count(times, "time")}` })),
    fixes: [
      "If it is a loop that should have ended: check the condition that leaves it.",
      "If it is a long loop: let the execution start a new one with states:startExecution before the history is full, and end.",
      "If it is many items: use a Map with ProcessorConfig Mode DISTRIBUTED, whose items have histories of their own.",
    ],
  };
}
