/** The states of one machine. */
import type { Json } from "../../src/json/json.ts";
import type { TaskAnswer } from "../support/simulate.ts";
import { drawDistributedMap } from "./distributed-maps.ts";
import type { Draw } from "./draw.ts";
import {
  drawExpression,
  drawIntrinsic,
  drawJsonata,
  drawPath,
  drawTemplate,
  NEXT_ORDER,
  NEXT_ORDER_TEMPLATE,
} from "./expressions.ts";
import type { MachineMaker, MachineObject } from "./machines.ts";
import { drawAnswers } from "./tasks.ts";

export type Language = "JSONPath" | "JSONata";
export interface StateObject {
  readonly [field: string]: Json | StateObject | MachineObject | readonly MachineObject[];
}

interface Place {
  /** Of the states that follow one another. */
  readonly names: readonly string[];
  /** Variables that the machine's states may set. */
  readonly own: readonly string[];
  /** Variables that are set around it. */
  readonly outer: readonly string[];
}

const MAX_HANDLERS = 3;
const RESOURCES = [
  "arn:aws:lambda:us-east-1:123456789012:function:f",
  "arn:aws:states:us-east-1:123456789012:activity:a",
  "arn:aws:states:::lambda:invoke",
  "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
  "arn:aws:states:::states:startExecution.sync:2",
  "arn:aws:states:::aws-sdk:dynamodb:getItem",
];
const ERRORS = [
  "Boom",
  "States.Timeout",
  "States.TaskFailed",
  "States.HeartbeatTimeout",
  "States.QueryEvaluationError",
  "States.DataLimitExceeded",
  "States.IntrinsicFailure",
  "States.NoChoiceMatched",
];
const COMPARISONS: readonly { readonly [field: string]: Json }[] = [
  { Variable: "$.n", NumericLessThan: 2 },
  { Variable: "$.n", NumericGreaterThanEqualsPath: "$.n" },
  { Variable: "$.s", StringMatches: "*,*" },
  { Variable: "$.s", StringEquals: "x" },
  { Variable: "$.flag", BooleanEquals: true },
  { Variable: "$.missing", IsPresent: false },
  { Variable: "$.s", IsTimestamp: true },
  { Variable: "$.missing", NumericEquals: 1 },
  { Variable: "$.list[0]", IsNumeric: true },
  { Variable: "$$.Execution.RedriveCount", NumericEquals: 0 },
];

export class StateMaker {
  readonly #maker: MachineMaker;
  readonly #draw: Draw;
  readonly #place: Place;
  readonly #set = new Set<string>();
  readonly #handlers: string[] = [];

  constructor(maker: MachineMaker, place: Place) {
    this.#maker = maker;
    this.#draw = maker.draw;
    this.#place = place;
  }

  /** The state that stands at that place of the row. */
  chained(name: string, index: number): StateObject {
    const draw = this.#draw;
    const next = this.#place.names[index + 1];
    const flow = next === undefined ? { End: true } : { Next: next };
    if (next === undefined && draw.chance(25)) return this.#last();
    const kinds = ["Pass", "Task", "Task", "Pass", "Wait"];
    if (next !== undefined) kinds.push("Choice", "Choice");
    if (this.#maker.mayNest) kinds.push("Parallel", "Map", "Map");
    const kind = draw.pick(kinds);
    const [language, base] = this.#base(kind);
    switch (kind) {
      case "Task":
        return { ...base, ...this.#task(name, language), ...flow };
      case "Wait":
        return { ...base, ...this.#wait(language), ...this.#assign(language), ...flow };
      case "Choice":
        return { ...base, ...this.#choice(language, index), Default: next! };
      case "Parallel":
        return { ...base, ...this.#parallel(language), ...flow };
      case "Map":
        return { ...base, ...this.#map(language), ...flow };
      default:
        return { ...base, ...this.#pass(language), ...this.#assign(language), ...flow };
    }
  }

  /** The states that only rules and catchers lead to. */
  handlers(): (readonly [string, StateObject])[] {
    return this.#handlers.map((name) => {
      if (this.#draw.chance(60)) return [name, this.#last()];
      const [language, base] = this.#base("Pass");
      const flow = this.#draw.chance(50) ? { End: true } : { Next: this.#place.names.at(-1)! };
      return [name, { ...base, ...this.#pass(language), ...flow }];
    });
  }

  #base(type: string): [Language, StateObject] {
    const language = this.#maker.language();
    const named = this.#maker.isMixed && (language === "JSONata" || this.#draw.chance(20));
    return [language, { Type: type, ...(named ? { QueryLanguage: language } : {}) }];
  }

  #last(): StateObject {
    const draw = this.#draw;
    const [language, base] = this.#base(draw.chance(60) ? "Fail" : "Succeed");
    if (base["Type"] === "Succeed") {
      return { ...base, ...(language === "JSONata" ? this.#output(40) : {}) };
    }
    if (language === "JSONata") {
      const text = () => (draw.chance(40) ? "Boom" : drawExpression(draw, "text", this.#scope()));
      return { ...base, ...draw.maybe(80, "Error", text), ...draw.maybe(60, "Cause", text) };
    }
    const path = () => drawPath(draw, this.#variables());
    const error = draw.chance(70)
      ? { Error: draw.pick(ERRORS) }
      : draw.maybe(50, "ErrorPath", path);
    return { ...base, ...error, ...draw.maybe(30, "CausePath", () => drawIntrinsic(draw)) };
  }

  #pass(language: Language): StateObject {
    const draw = this.#draw;
    if (language === "JSONata") return this.#output(85);
    switch (draw.between(0, 3)) {
      case 0:
        return { Parameters: NEXT_ORDER_TEMPLATE };
      case 1:
        return {
          Parameters: drawTemplate(draw, this.#variables()),
          ...this.#resultPath(),
          ...draw.maybe(15, "OutputPath", () => drawPath(draw, [])),
        };
      case 2:
        return { Result: { k: [1, "x"] }, ...this.#resultPath() };
      default:
        return draw.maybe(20, "InputPath", () => draw.pick<Json>(["$", "$.obj", "$.missing"]));
    }
  }

  #wait(language: Language): StateObject {
    const draw = this.#draw;
    if (language === "JSONata") {
      const scope = this.#scope();
      if (draw.chance(80)) return { Seconds: drawExpression(draw, "number", scope) };
      return { Timestamp: draw.pick(["{% $states.input.s %}", "2026-01-01T00:00:09Z"]) };
    }
    return draw.pick<StateObject>([
      { Seconds: draw.between(0, 20) },
      { SecondsPath: "$.n" },
      { Timestamp: "2026-01-01T00:00:20Z" },
      { TimestampPath: "$.s" },
      { TimestampPath: "$$.Execution.StartTime" },
    ]);
  }

  #choice(language: Language, index: number): StateObject {
    const draw = this.#draw;
    const choices = draw.some(1, 2, (): Json => {
      const target = { Next: this.#target(index), ...this.#assign(language) };
      if (language === "JSONata") {
        const Condition = drawExpression(draw, "boolean", this.#scope());
        return { Condition, ...target, ...this.#output(30) };
      }
      const comparison = () => draw.pick(COMPARISONS);
      const test = draw.pick<() => { readonly [field: string]: Json }>([
        comparison,
        () => ({ Not: comparison() }),
        () => ({ And: [comparison(), comparison()] }),
        () => ({ Or: [comparison(), comparison()] }),
      ]);
      return { ...test(), ...target };
    });
    return { Choices: choices };
  }

  #task(name: string, language: Language): StateObject {
    const draw = this.#draw;
    const timed = draw.chance(35);
    const beats = timed && draw.chance(40);
    const answers: readonly TaskAnswer[] = drawAnswers(draw, timed);
    this.#maker.scripts.set(name, answers);
    const parameters =
      language === "JSONata"
        ? draw.maybe(60, "Arguments", () => drawJsonata(draw, this.#scope()))
        : draw.maybe(60, "Parameters", () => drawTemplate(draw, this.#variables()));
    return {
      Resource: draw.pick(RESOURCES),
      ...parameters,
      ...(timed ? { TimeoutSeconds: draw.between(4, 20) } : {}),
      ...(beats ? { HeartbeatSeconds: draw.between(1, 3) } : {}),
      ...draw.maybe(5, "Credentials", () => ({ RoleArn: "arn:aws:iam::123456789012:role/t" })),
      ...this.#work(language),
    };
  }

  #parallel(language: Language): StateObject {
    const branches = this.#draw.some(1, 3, () => this.#maker.machine(this.#variables()));
    return { Branches: branches, ...this.#work(language) };
  }

  #map(language: Language): StateObject {
    const draw = this.#draw;
    if (draw.chance(40)) {
      const name = this.#maker.newName("D");
      return { ...drawDistributedMap(draw, language, name), ...this.#work(language) };
    }
    const processor = this.#maker.machine(this.#variables());
    const selector = draw.chance(75);
    const items =
      language === "JSONata"
        ? {
            ...draw.maybe(95, "Items", () => drawExpression(draw, "list", this.#scope())),
            ...(selector ? { ItemSelector: NEXT_ORDER } : {}),
          }
        : {
            ...draw.maybe(95, "ItemsPath", () => draw.pick(["$.list", "$.list[*]", "$.obj"])),
            ...(selector ? { ItemSelector: NEXT_ORDER_TEMPLATE } : {}),
          };
    return {
      ItemProcessor: {
        ...draw.maybe(50, "ProcessorConfig", () => ({ Mode: "INLINE" })),
        ...processor,
      },
      ...items,
      ...draw.maybe(40, "MaxConcurrency", () => draw.between(0, 3)),
      ...this.#work(language),
    };
  }

  /** What Task, Parallel and Map have in common. */
  #work(language: Language): StateObject {
    const draw = this.#draw;
    const fields =
      language === "JSONata"
        ? draw.chance(80)
          ? { Output: draw.chance(70) ? NEXT_ORDER : this.#value("result") }
          : {}
        : {
            ...draw.maybe(15, "ResultSelector", () => drawTemplate(draw, this.#variables())),
            ...this.#resultPath(),
          };
    const retry = () =>
      this.#errorNames((names) => ({
        ErrorEquals: names,
        IntervalSeconds: draw.between(1, 5),
        MaxAttempts: draw.between(0, 2),
        BackoffRate: draw.pick([1, 1.5, 2]),
        ...draw.maybe(20, "MaxDelaySeconds", () => 6),
        ...draw.maybe(20, "JitterStrategy", () => "FULL"),
      }));
    const caught = () =>
      this.#errorNames((names) => ({
        ErrorEquals: names,
        Next: this.#target(-1),
        ...(language === "JSONata"
          ? draw.maybe(70, "Output", () => this.#value("errorOutput"))
          : this.#resultPath()),
        ...this.#assign(language, "errorOutput"),
      }));
    return {
      ...fields,
      ...this.#assign(language, "result"),
      ...draw.maybe(45, "Retry", retry),
      ...draw.maybe(45, "Catch", caught),
    };
  }

  #errorNames(make: (names: readonly string[]) => Json): Json {
    const draw = this.#draw;
    const some = draw.some(0, 1, () => make([draw.pick(ERRORS)]));
    return [...some, make(draw.chance(75) ? ["States.ALL"] : [draw.pick(ERRORS), "Other"])];
  }

  /** A state of the row or a handler; `before` is where a loop would begin. */
  #target(before: number): string {
    const draw = this.#draw;
    const { names } = this.#place;
    if (before >= 0 && draw.chance(25)) return names[draw.between(0, before)]!;
    if (draw.chance(40)) return names[draw.between(Math.max(0, before), names.length - 1)]!;
    const enough = this.#handlers.length >= MAX_HANDLERS;
    if (this.#handlers.length > 0 && (enough || draw.chance(40))) return draw.pick(this.#handlers);
    const name = this.#maker.newName("H");
    this.#handlers.push(name);
    return name;
  }

  #resultPath(): StateObject {
    return this.#draw.maybe<Json>(85, "ResultPath", () =>
      this.#draw.pick<Json>(["$.r", null, "$.obj.r", "$.list[0]", "$['__proto__']", "$.s.x"]),
    );
  }

  #output(percent: number): StateObject {
    const draw = this.#draw;
    return draw.maybe<Json>(percent, "Output", () =>
      draw.chance(50) ? NEXT_ORDER : drawJsonata(draw, this.#scope()),
    );
  }

  #value(extra: "result" | "errorOutput"): Json {
    return drawJsonata(this.#draw, { ...this.#scope(), extra });
  }

  #assign(language: Language, extra?: "result" | "errorOutput"): StateObject {
    const draw = this.#draw;
    if (!draw.chance(25)) return {};
    const variables = this.#variables();
    const name = draw.pick(this.#place.own);
    this.#set.add(name);
    if (language === "JSONata") {
      const scope = { ...this.#scope(variables), ...(extra === undefined ? {} : { extra }) };
      return { Assign: Object.fromEntries([[name, drawJsonata(draw, scope)]]) };
    }
    const isPath = draw.chance(70);
    const value = isPath ? drawPath(draw, variables) : drawTemplate(draw, variables);
    return { Assign: Object.fromEntries([[isPath ? `${name}.$` : name, value]]) };
  }

  #variables(): readonly string[] {
    return [...this.#place.outer, ...this.#set];
  }

  #scope(variables = this.#variables()): { variables: readonly string[]; slow: boolean } {
    return { variables, slow: this.#maker.slow };
  }
}
