/** The messages between the server and the processes that evaluate expressions. */

/** Values as JSON text by name; parsed where and when they are needed. */
export type Texts = Readonly<Record<string, string>>;

export interface EvaluationRequest {
  readonly id: number;
  /** Expressions without their `{% %}`, evaluated in this order. */
  readonly expressions: readonly string[];
  /** The members of `$states`. */
  readonly states: Texts;
  /** The variables of the state machine. */
  readonly variables: Texts;
}

/** What became of one expression. */
export type Outcome =
  | { readonly kind: "value"; readonly json: string }
  | { readonly kind: "nothing" | "unsupported" | "tooLarge" }
  | { readonly kind: "threw"; readonly code?: string; readonly message: string };

export type ChildMessage =
  | { readonly ready: true }
  | ({ readonly id: number; readonly index: number } & Outcome)
  /** All expressions of the request are done; `rss` is the process's memory in bytes. */
  | { readonly id: number; readonly end: true; readonly rss: number };

/** The bounds that the process itself keeps; all are looser than AWS's or the same. */
export const CHILD_BOUNDS = {
  /** Milliseconds of one expression; the library looks at the clock at each node. */
  timeout: 1000,
  /** Nested evaluations; AWS allows 100. */
  stack: 500,
  /** Items of a sequence; AWS allows 873,782. */
  sequence: 1_000_000,
  /** Items of `$range`: AWS's bound. */
  range: 360_145,
  /** Characters that `$pad` adds. */
  text: 4_194_304,
  /** Bytes of a result: AWS's bound of a payload. */
  result: 262_144,
  /** Nested arrays and objects of a result. */
  depth: 500,
  /** Characters of an error message. */
  message: 4096,
  /** Compiled expressions that are kept. */
  compiled: 500,
} as const;
