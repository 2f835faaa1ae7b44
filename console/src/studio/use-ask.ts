/** Dialogs that forms and the canvas open. */
import { createContext, use } from "react";
import type { JsonPath } from "../document/json-path.ts";
import type { Reference } from "../workflow/references.ts";

export interface Ask {
  /** What shall be put to a place? */
  readonly fill: (place: Reference) => void;
  /** Where shall the state be moved? */
  readonly move: (path: JsonPath) => void;
  /** Opens the test of a state. */
  readonly test: (path: JsonPath) => void;
}

export const AskContext = createContext<Ask | undefined>(undefined);

export function useAsk(): Ask {
  const ask = use(AskContext);
  if (ask === undefined) throw new Error("useAsk is used outside of the studio");
  return ask;
}
