/**
 * Typed readers for the fields of one JSON object of a definition. A reader that finds something
 * wrong reports it and gives undefined, so that parsing goes on and finds everything in one pass;
 * a definition with errors is thrown away at the end.
 */
import type { Json, JsonArray, JsonObject } from "../json/json.ts";
import { isArray, isObject, memberOf } from "../json/kind.ts";
import { isNumber, toNumber } from "../json/number.ts";
import type { Report } from "./diagnostic.ts";

/** Bounds of a number, both inclusive. */
export interface Range {
  readonly min?: number;
  readonly max?: number;
}

export class Fields {
  readonly object: JsonObject;
  /** Where the object is; empty for the whole definition. */
  readonly pointer: string;
  readonly report: Report;

  constructor(object: JsonObject, pointer: string, report: Report) {
    this.object = object;
    this.pointer = pointer;
    this.report = report;
  }

  /** The object's own location as diagnostics show it. */
  get location(): string {
    return this.pointer === "" ? "/" : this.pointer;
  }

  /** The location of a field. */
  at(name: string): string {
    return `${this.pointer}/${name}`;
  }

  has(name: string): boolean {
    return Object.hasOwn(this.object, name);
  }

  get(name: string): Json | undefined {
    return memberOf(this.object, name);
  }

  /** Reports those of `names` that are missing, in one diagnostic; true if none is. */
  require(...names: readonly string[]): boolean {
    const missing = names.filter((name) => !this.has(name));
    if (missing.length === 0) return true;
    this.report.schema(`These fields are required: [${missing.join(", ")}]`, this.location);
    return false;
  }

  /** Reports more than one of fields that exclude each other; true if there is at most one. */
  atMostOne(...names: readonly string[]): boolean {
    if (names.filter((name) => this.has(name)).length <= 1) return true;
    this.report.schema(
      `There should only be one of the following fields: [${names.join(", ")}]`,
      this.location,
    );
    return false;
  }

  string(name: string): string | undefined {
    const value = this.get(name);
    if (value === undefined || typeof value === "string") return value;
    return this.wrongType(name, "STRING");
  }

  boolean(name: string): boolean | undefined {
    const value = this.get(name);
    if (value === undefined || typeof value === "boolean") return value;
    return this.wrongType(name, "BOOLEAN");
  }

  /** A whole number within the range. */
  integer(name: string, range: Range = {}): number | undefined {
    const value = this.get(name);
    if (value === undefined) return undefined;
    if (!isNumber(value)) return this.wrongType(name, "INTEGER");
    const number = toNumber(value);
    if (!Number.isInteger(number)) return this.wrongType(name, "INTEGER");
    return this.#inRange(name, number, range, String);
  }

  number(name: string, range: Range = {}): number | undefined {
    const value = this.get(name);
    if (value === undefined) return undefined;
    if (!isNumber(value)) return this.wrongType(name, "NUMBER");
    return this.#inRange(name, toNumber(value), range, (bound) => bound.toFixed(1));
  }

  /** One of a few words. */
  oneOf<const Word extends string>(name: string, words: readonly Word[]): Word | undefined {
    const text = this.string(name);
    if (text === undefined) return undefined;
    const word = words.find((candidate) => candidate === text);
    if (word === undefined) {
      this.report.schema(
        `The field '${name}' should have one of these values: [${words.join(", ")}]`,
        this.at(name),
      );
    }
    return word;
  }

  child(name: string): Fields | undefined {
    const value = this.get(name);
    if (value === undefined) return undefined;
    if (isObject(value)) return new Fields(value, this.at(name), this.report);
    return this.wrongType(name, "OBJECT");
  }

  array(name: string): JsonArray | undefined {
    const value = this.get(name);
    if (value === undefined) return undefined;
    if (isArray(value)) return value;
    return this.wrongType(name, "ARRAY");
  }

  /** A list of objects; elements that are none are reported and left out. */
  children(name: string): readonly Fields[] | undefined {
    return this.array(name)?.flatMap((element, index) => {
      const pointer = `${this.at(name)}[${index}]`;
      if (isObject(element)) return [new Fields(element, pointer, this.report)];
      this.report.schema("Expected value of type [OBJECT]", pointer);
      return [];
    });
  }

  /** A list with at least one element. */
  nonEmptyChildren(name: string): readonly Fields[] | undefined {
    const children = this.children(name);
    if (children !== undefined && this.array(name)?.length === 0) this.empty(name);
    return children;
  }

  empty(name: string): undefined {
    this.report.schema("Value cannot be empty", this.at(name));
  }

  wrongType(name: string, type: string): undefined {
    this.report.schema(`Expected value of type [${type}]`, this.at(name));
  }

  #inRange(
    name: string,
    number: number,
    { min = -Infinity, max = Infinity }: Range,
    show: (bound: number) => string,
  ): number | undefined {
    if (number >= min && number <= max) return number;
    const message =
      number < min ? `Minimum value is ${show(min)}` : `Maximum value is ${show(max)}`;
    this.report.schema(message, this.at(name));
    return undefined;
  }
}
