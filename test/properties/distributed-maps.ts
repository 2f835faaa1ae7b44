/** Distributed Maps of generated machines: their fields, and what their children, readers and writers do. */
import type { Command } from "../../src/interpreter/command.ts";
import type { SourceItem } from "../../src/interpreter/map-data.ts";
import type { Json } from "../../src/json/json.ts";
import type { ChildAnswer, SimulationOptions } from "../support/simulate.ts";
import type { Draw } from "./draw.ts";
import type { Language, StateObject } from "./states.ts";

const GET = "arn:aws:states:::s3:getObject";
const PUT = "arn:aws:states:::s3:putObject";

/** Fields of the state beside those of all that do work; `name` is that of its only inner state. */
export function drawDistributedMap(draw: Draw, language: Language, name: string): StateObject {
  const isJsonata = language === "JSONata";
  const parameters = isJsonata ? "Arguments" : "Parameters";
  const ExecutionType = draw.pick(["STANDARD", "EXPRESS"]);
  const reader = (): Json => ({
    Resource: GET,
    [parameters]: { Bucket: "b", Key: "k" },
    ReaderConfig: { InputType: "JSON", ...draw.maybe(30, "MaxItems", () => draw.between(0, 9)) },
  });
  const data = isJsonata
    ? { Items: draw.pick<Json>(["{% $states.input.list %}", [1, 2, 3, 4, 5, 6], { a: 1, b: 2 }]) }
    : { ItemsPath: draw.pick(["$.list", "$.obj", "$"]) };
  return {
    ItemProcessor: {
      ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType },
      StartAt: name,
      States: { [name]: { Type: "Pass", End: true } },
    },
    ...(draw.chance(50) ? { ItemReader: reader() } : data),
    ...draw.maybe(40, "ItemSelector", () => drawSelector(draw, isJsonata)),
    ...draw.maybe(30, "ItemBatcher", () => ({
      MaxItemsPerBatch: draw.between(1, 3),
      ...draw.maybe(30, "MaxInputBytesPerBatch", () => draw.between(40, 90)),
    })),
    ...draw.maybe(40, "ResultWriter", () => drawWriter(draw, parameters)),
    ...draw.maybe(60, "MaxConcurrency", () => draw.between(0, 3)),
    ...draw.maybe(40, "ToleratedFailureCount", () => draw.between(0, 3)),
    ...draw.maybe(30, "ToleratedFailurePercentage", () => draw.pick([0, 30, 100])),
  };
}

function drawSelector(draw: Draw, isJsonata: boolean): Json {
  if (!isJsonata) {
    const path = draw.chance(12) ? "$.missing" : "$$.Map.Item.Value";
    return { "v.$": path, "i.$": "$$.Map.Item.Index" };
  }
  return draw.pick<Json>([
    { v: "{% $states.context.Map.Item.Value %}" },
    "{% [$states.context.Map.Item.Index, $sum([1..3])] %}",
    "{% $states.context.Map.Item.Value.missing %}",
  ]);
}

function drawWriter(draw: Draw, parameters: string): Json {
  const WriterConfig = {
    Transformation: draw.pick(["NONE", "COMPACT", "FLATTEN"]),
    OutputType: "JSON",
  };
  if (draw.chance(40)) return { WriterConfig };
  return { Resource: PUT, [parameters]: { Bucket: "out", Prefix: "p" }, WriterConfig };
}

/** What happens to the Map Runs of one scenario; the same in each of its runs. */
export function drawMapRunWorld(draw: Draw): Partial<SimulationOptions> {
  const seed = draw.between(0, 1_000);
  const failing = draw.pick([0, 10, 50]);
  const count = draw.between(0, 9);
  const item = (index: number): SourceItem => ({
    value: { n: index },
    key: index % 2 === 0 ? `k${index}` : undefined,
    source: "S3://b/k",
  });
  const answer = (salt: number, index: number): ChildAnswer => {
    const chance = scatter(seed + salt * 31 + index);
    const afterMs = [0, 0, 500, 2_000][chance % 4]!;
    if (chance % 100 >= failing) return { output: { n: index }, afterMs };
    return { status: chance % 3 === 0 ? "TIMED_OUT" : "FAILED", afterMs };
  };
  const unreadable = draw.chance(10);
  const unwritable = draw.chance(10);
  return {
    items: unreadable ? { error: "unreadable" } : Array.from({ length: count }, (_, n) => item(n)),
    pageItems: draw.between(1, 4),
    pageMs: draw.pick([0, 0, 1, 700]),
    child: ({ run, index }: Extract<Command, { type: "StartChild" }>) =>
      answer(run.id.startedEventId + run.redriveCount, index),
    redrivenChild: (index: number) => {
      const chance = scatter(seed + index * 7);
      if (chance % 10 === 0) return "missing";
      return chance % 10 === 1 ? "not redrivable" : answer(index, index);
    },
    write: () => (unwritable ? { error: "unwritable" } : { bucket: "out", key: "p/manifest.json" }),
  };
}

/** Spreads small numbers evenly. */
function scatter(number: number): number {
  return Math.trunc(Math.abs(Math.sin(number + 1)) * 1e6);
}
