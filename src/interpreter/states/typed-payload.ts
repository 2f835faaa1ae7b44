/** JSONata fields that must give a value of one type. */
import type { Payload } from "../../data/evaluation.ts";
import { unexpectedType } from "../../data/jsonata/failure.ts";
import type { Json } from "../../json/json.ts";
import { kindOf, type Kind } from "../../json/kind.ts";
import { stringify } from "../../json/stringify.ts";
import { applyPayload, type Halted, type Stage } from "../data-flow.ts";
import type { Frame } from "../execution.ts";
import { evaluationFailure, type Turn } from "../turn.ts";

/** The value of a field that must be of `kind`; `field` as failures name it. */
export function typedPayload(
  turn: Turn,
  frame: Frame,
  payload: Payload,
  field: string,
  kind: Kind,
): Stage {
  const stage = applyPayload(turn, frame, payload, null);
  if (!stage.ok || kindOf(stage.value) === kind) return stage;
  return unexpected(frame, payload, field, kind, stage.value);
}

/** The failure of a field whose value is not what it must be. */
export function unexpected(
  frame: Frame,
  payload: Payload,
  field: string,
  expected: string,
  value: Json,
): Halted {
  const text = payload.text ?? stringify(value);
  const failure = unexpectedType(text, field, expected, kindOf(value), stringify(value));
  return { ok: false, failure: evaluationFailure(frame, failure, field) };
}
