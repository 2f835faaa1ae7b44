/**
 * Shapes of operation inputs: what the service model says about each member, as data. `validate.ts`
 * checks requests against them; `InputOf` is the type of what passed.
 */

import type { QuotaName } from "../engine/quotas.ts";

export interface StringShape<Value extends string = string> {
  readonly type: "string";
  /** Bounds of the length in UTF-16 units. */
  readonly min?: number;
  /** A number, or the limit that an operator can set. */
  readonly max?: number | QuotaName;
  /** The allowed values. */
  readonly values?: readonly Value[];
  readonly pattern?: RegExp;
  /** Payload: its value is not repeated in error messages, as on AWS. */
  readonly sensitive?: boolean;
}

export interface IntegerShape {
  readonly type: "integer";
  readonly min?: number;
  readonly max?: number;
}

/** An integer or a fraction. */
export interface NumberShape {
  readonly type: "number";
  readonly min: number;
  readonly max: number;
}

export interface BooleanShape {
  readonly type: "boolean";
}

export interface ListShape<Element extends Shape = Shape> {
  readonly type: "list";
  readonly member: Element;
  /** Own bound against senseless requests; AWS checks the count elsewhere. */
  readonly max?: number;
}

export interface StructureShape<M extends Members = Members> {
  readonly type: "structure";
  readonly members: M;
}

export type Shape =
  | StringShape
  | IntegerShape
  | NumberShape
  | BooleanShape
  | ListShape
  | StructureShape;

export interface Member<S extends Shape = Shape, Required extends boolean = boolean> {
  readonly shape: S;
  readonly required: Required;
}

export interface Members {
  readonly [name: string]: Member;
}

/** The TypeScript type of a value of shape `S`. */
export type ValueOf<S extends Shape> =
  S extends StringShape<infer Value>
    ? Value
    : S extends IntegerShape | NumberShape
      ? number
      : S extends BooleanShape
        ? boolean
        : S extends ListShape<infer Element>
          ? readonly ValueOf<Element>[]
          : S extends StructureShape<infer M>
            ? InputOf<M>
            : never;

/** The type of an input with members `M`: every member is there, absent ones are undefined. */
export type InputOf<M extends Members> = {
  readonly [Name in keyof M]: M[Name] extends Member<infer S, infer Required>
    ? Required extends true
      ? ValueOf<S>
      : ValueOf<S> | undefined
    : never;
};

export function required<S extends Shape>(shape: S): Member<S, true> {
  return { shape, required: true };
}

export function optional<S extends Shape>(shape: S): Member<S, false> {
  return { shape, required: false };
}

export function string(limits: Omit<StringShape, "type" | "values"> = {}): StringShape {
  return { type: "string", ...limits };
}

/** `values` in the order in which AWS's messages list them. */
export function oneOf<const Value extends string>(...values: Value[]): StringShape<Value> {
  return { type: "string", values };
}

export function integer(min: number, max: number): IntegerShape {
  return { type: "integer", min, max };
}

export function number(min: number, max: number): NumberShape {
  return { type: "number", min, max };
}

export const boolean: BooleanShape = { type: "boolean" };

export function list<Element extends Shape>(member: Element, max?: number): ListShape<Element> {
  return max === undefined ? { type: "list", member } : { type: "list", member, max };
}

export function structure<M extends Members>(members: M): StructureShape<M> {
  return { type: "structure", members };
}
