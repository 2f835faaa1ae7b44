/** Random choices of a generated case, drawn one by one so that fast-check can shrink each of them. */
import * as fc from "fast-check";

export class Draw {
  readonly #generate: fc.GeneratorValue;

  constructor(generate: fc.GeneratorValue) {
    this.#generate = generate;
  }

  /** A number from `least` to `most`. */
  between(least: number, most: number): number {
    return this.#generate(fc.integer, { min: least, max: most });
  }

  /** One of the items; shrinks to the first. */
  pick<Item>(items: readonly Item[]): Item {
    return items[this.#index(items.length)]!;
  }

  /** True in so many of a hundred cases; shrinks to false. */
  chance(percent: number): boolean {
    return this.#index(100) >= 100 - percent;
  }

  /** Up to `most` values. */
  some<Item>(least: number, most: number, make: (index: number) => Item): Item[] {
    return Array.from({ length: this.between(least, most) }, (_, index) => make(index));
  }

  /** A field that is there in so many of a hundred cases. */
  maybe<Value>(percent: number, field: string, make: () => Value): { [name: string]: Value } {
    return this.chance(percent) ? { [field]: make() } : {};
  }

  /** Without fast-check's preference for the ends of a range. */
  #index(length: number): number {
    return this.#generate(constant, length);
  }
}

function constant(length: number): fc.Arbitrary<number> {
  return fc.noBias(fc.nat(length - 1));
}
