/** Small pictures of the types of states. */
import type { ReactNode } from "react";
import type { StateType } from "./graph-model.ts";

/** Drawn in a square of 16, with lines of the current colour. */
const SHAPES: Readonly<Record<StateType, ReactNode>> = {
  Task: <path d="M3 5.5 8 2.7l5 2.8v5L8 13.3l-5-2.8ZM3 5.5l5 2.8 5-2.8M8 8.3v5" />,
  Pass: <path d="M2.5 8h10M9.5 4.5 13 8l-3.5 3.5" />,
  Choice: <path d="M8 2.2 13.8 8 8 13.8 2.2 8ZM8 6v2.4M8 10.3v.2" />,
  Wait: (
    <>
      <circle cx="8" cy="8" r="5.6" />
      <path d="M8 4.8V8l2.3 1.6" />
    </>
  ),
  Succeed: (
    <>
      <circle cx="8" cy="8" r="5.6" />
      <path d="m5.4 8.2 1.9 1.8 3.4-3.8" />
    </>
  ),
  Fail: (
    <>
      <circle cx="8" cy="8" r="5.6" />
      <path d="m6 6 4 4m0-4-4 4" />
    </>
  ),
  Parallel: <path d="M8 2v3M3.5 13V8.5a3 3 0 0 1 3-3.5h3a3 3 0 0 1 3 3.5V13M8 5v8" />,
  Map: (
    <>
      <rect x="2.5" y="5.5" width="8" height="8" rx="1.5" />
      <path d="M5.5 2.7h6.5a1.5 1.5 0 0 1 1.5 1.5v6.5" />
    </>
  ),
};

/** Tasks that call Lambda functions have one of their own. */
const LAMBDA = <path d="M5.2 3h1.9l4 10M7.6 8 4.4 13M11.1 13h1.4" />;

interface Props {
  readonly type: StateType | undefined;
  /** What the state is or calls, as in the graph. */
  readonly caption?: string;
}

export function StateIcon({ type, caption = "" }: Props) {
  const shape = caption.startsWith("Lambda") ? LAMBDA : type && SHAPES[type];
  return (
    <span className={`state-icon state-icon-${type?.toLowerCase() ?? "unknown"}`} aria-hidden>
      <svg viewBox="0 0 16 16" fill="none" stroke="currentColor" strokeWidth="1.5">
        {shape ?? <circle cx="8" cy="8" r="5.6" />}
      </svg>
    </span>
  );
}
