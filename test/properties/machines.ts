/** Definitions that are valid by construction, in both query languages. */
import type { Json } from "../../src/json/json.ts";
import type { TaskAnswer } from "../support/simulate.ts";
import type { Draw } from "./draw.ts";
import { StateMaker, type Language, type StateObject } from "./states.ts";

export interface MachineObject {
  readonly StartAt: string;
  readonly States: { readonly [name: string]: StateObject };
}

export interface DrawnDefinition {
  readonly definition: { readonly [field: string]: Json | MachineObject["States"] };
  /** What the attempts of each Task state give, one after the other and then again. */
  readonly scripts: ReadonlyMap<string, readonly TaskAnswer[]>;
}

/** Own members of every object, or of none: bad names for whoever looks them up. */
const HOSTILE_NAMES = ["__proto__", "constructor", "toString", "\ud83d\ude00", "a/b~c[0]"];
const HOSTILE_VARIABLES = ["__proto__", "constructor", "hasOwnProperty"];
const MAX_STATES = 14;
const MAX_DEPTH = 3;

/** A whole definition. */
export function drawDefinition(draw: Draw): DrawnDefinition {
  const language = draw.pick<Language | "mixed">(["JSONPath", "JSONata", "mixed"]);
  const slow = language !== "JSONPath" && draw.chance(40);
  const maker = new MachineMaker(draw, language, slow);
  const machine = maker.machine([]);
  const definition = {
    ...(language === "JSONata" ? { QueryLanguage: "JSONata" } : {}),
    ...draw.maybe(15, "TimeoutSeconds", () => draw.between(1, 40)),
    ...draw.maybe(10, "Comment", () => "generated"),
    ...machine,
  };
  return { definition, scripts: maker.scripts };
}

export class MachineMaker {
  readonly draw: Draw;
  readonly slow: boolean;
  readonly scripts = new Map<string, readonly TaskAnswer[]>();
  depth = 0;
  readonly #language: Language | "mixed";
  #states = 0;
  #machines = 0;
  readonly #hostile: string[];

  constructor(draw: Draw, language: Language | "mixed", slow: boolean) {
    this.draw = draw;
    this.slow = slow;
    this.#language = language;
    this.#hostile = draw.chance(20) ? [...HOSTILE_NAMES] : [];
  }

  /** States that may be inside another one. */
  get mayNest(): boolean {
    return this.depth < MAX_DEPTH && this.#states < MAX_STATES - 3;
  }

  /** Of a state, which must be named in it if the whole state machine has another one. */
  language(): Language {
    if (this.#language !== "mixed") return this.#language;
    return this.draw.chance(50) ? "JSONata" : "JSONPath";
  }

  get isMixed(): boolean {
    return this.#language === "mixed";
  }

  newName(prefix: string): string {
    this.#states++;
    if (this.draw.chance(50)) {
      const name = this.#hostile.shift();
      if (name !== undefined) return name;
    }
    return `${prefix}${this.#states}`;
  }

  /** States one after the other, and those that only rules and catchers lead to. */
  machine(outer: readonly string[]): MachineObject {
    this.depth++;
    const number = this.#machines++;
    const own =
      number === 0 && this.draw.chance(30) ? HOSTILE_VARIABLES : [`v${number}a`, `v${number}b`];
    const room = Math.max(1, Math.min(6 - this.depth, MAX_STATES - this.#states));
    const names = this.draw.some(1, room, () => this.newName("S"));
    const maker = new StateMaker(this, { names, own, outer });
    const states = names.map((name, index) => [name, maker.chained(name, index)] as const);
    // Handlers may ask for more handlers; in the end nobody is given a new one.
    const handlers = maker.handlers();
    this.depth--;
    return { StartAt: names[0]!, States: Object.fromEntries([...states, ...handlers]) };
  }
}
