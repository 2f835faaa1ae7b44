/** The functions that AWS Step Functions adds to JSONata. */
import type { HashAlgorithm } from "../evaluation.ts";
import { javaRandom } from "../intrinsic/java-random.ts";
import { asList, asNumber, asText, entry, type FunctionEntry, unary } from "./fast-function.ts";
import { chargeText } from "./fast-operators.ts";
import type { Run } from "./run.ts";
import { notHere, Sequence, type Value } from "./value.ts";

const ALGORITHMS: ReadonlySet<string> = new Set(["MD5", "SHA-1", "SHA-256", "SHA-384", "SHA-512"]);

/** Longer ranges are made elsewhere. */
const MAX_RANGE = 10_000;

/** Chunks of a list; nothing for an empty list or a size below 1. Fractions are cut off. */
function partition([list, chunk]: readonly Value[], run: Run): Value {
  if (list === undefined || chunk === undefined) throw notHere;
  const items = asList(list);
  const size = Math.trunc(asNumber(chunk));
  if (size < 1 || items.length === 0) return undefined;
  run.charge(items.length);
  const chunks: Value[] = [];
  for (let index = 0; index < items.length; index += size) {
    chunks.push(Array.from(items.slice(index, index + size)));
  }
  return chunks;
}

/** From start to end, both included; nothing if the step leads away from the end. */
function range(args: readonly Value[], run: Run): Value {
  const [start, end, step] = args.map((arg) => Math.trunc(asNumber(arg))) as [
    number,
    number,
    number,
  ];
  const count = step === 0 ? 0 : Math.floor((end - start) / step) + 1;
  if (count > MAX_RANGE) throw notHere;
  const items = new Sequence();
  for (let index = 0; index < count; index += 1) items.push(start + index * step);
  run.charge(items.length);
  return items;
}

export const STATES_FUNCTIONS: readonly FunctionEntry[] = [
  entry("partition", 2, 2, partition),
  entry("range", 3, 3, range),
  entry("hash", 2, 2, ([data, algorithm], run) => {
    const name = asText(algorithm);
    if (!ALGORITHMS.has(name)) throw notHere;
    chargeText(run, asText(data));
    return run.scope.hash(name as HashAlgorithm, asText(data));
  }),
  entry("random", 0, 1, ([seed], run) =>
    seed === undefined ? run.scope.random() : javaRandom(asNumber(seed)),
  ),
  entry("uuid", 0, 0, (_args, run) => run.scope.uuid()),
  unary("parse", (arg, run) => {
    chargeText(run, asText(arg));
    try {
      return JSON.parse(asText(arg)) as Value;
    } catch {
      throw notHere;
    }
  }),
];
