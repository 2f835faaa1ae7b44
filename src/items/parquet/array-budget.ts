/**
 * The memory of typed arrays does not count among what a thread may have, and the library makes them
 * as long as a page says that it is: a file of 200 bytes could take all memory of the machine.
 */
import { FileFault } from "../dataset-item.ts";

const TYPES = [
  "Int8Array",
  "Uint8Array",
  "Int16Array",
  "Uint16Array",
  "Int32Array",
  "Uint32Array",
  "Float32Array",
  "Float64Array",
  "BigInt64Array",
  "BigUint64Array",
] as const;

type TypedArrayClass = (new (length: number) => object) & { readonly BYTES_PER_ELEMENT: number };

/**
 * From now on all code of this thread that makes typed arrays by their length gets no more of them
 * than it was granted, and then a FileFault.
 * @returns grants so many bytes anew.
 */
export function boundTypedArrays(): (bytes: number) => void {
  let left = Infinity;
  const globals = globalThis as unknown as Record<string, TypedArrayClass>;
  for (const name of TYPES) {
    const original = globals[name]!;
    const bounded = new Proxy(original, {
      construct(target, parameters: readonly unknown[], newTarget: TypedArrayClass) {
        const [length] = parameters;
        if (typeof length === "number") left -= length * target.BYTES_PER_ELEMENT;
        if (left < 0) throw new FileFault("its pages have more values than its row groups");
        return Reflect.construct(target, parameters, newTarget) as object;
      },
    });
    globals[name] = bounded;
    // Arrays are also made with the class of others.
    (original.prototype as { constructor: unknown }).constructor = bounded;
  }
  return (bytes) => {
    left = bytes;
  };
}
