/** For tests: Parquet files that no writer would write. One column `n` of 64-bit integers, one row. */

type Field = readonly [id: number, type: number, bytes: Buffer];

const I32 = 5;
const I64 = 6;
const BINARY = 8;
const LIST = 9;
const STRUCT = 12;

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let left = BigInt(value);
  do {
    bytes.push(Number(left & 0x7fn) | (left > 0x7fn ? 0x80 : 0));
    left >>= 7n;
  } while (left > 0n);
  return Buffer.from(bytes);
}

const int = (id: number, type: number, value: number): Field => [id, type, varint(value * 2)];
const text = (value: string): Buffer =>
  Buffer.concat([varint(value.length), Buffer.from(value, "utf8")]);
const list = (id: number, type: number, elements: readonly Buffer[]): Field => [
  id,
  LIST,
  Buffer.concat([Buffer.from([(elements.length << 4) | type]), ...elements]),
];

/** Thrift's compact protocol. */
function struct(...fields: readonly Field[]): Buffer {
  let last = 0;
  const parts = fields.map(([id, type, bytes]) => {
    const header = Buffer.from([((id - last) << 4) | type]);
    last = id;
    return Buffer.concat([header, bytes]);
  });
  return Buffer.concat([...parts, Buffer.from([0])]);
}

/** @param claims What the page and the column say of themselves. */
export function writeParquet(claims: {
  /** Values of the page. */
  readonly values: number;
  /** Bytes of the column; default: what it has. */
  readonly columnBytes?: number;
  /** Digits behind the point, if they are decimals. */
  readonly scale?: number;
}): Buffer {
  const { values } = claims;
  // One miniblock of all values, whose differences are all 0 and take no bits.
  const data = Buffer.concat([
    varint(Math.ceil(values / 128) * 128),
    varint(1),
    varint(values),
    varint(2),
    varint(0),
    Buffer.from([0]),
  ]);
  const deltaBinaryPacked = 5;
  const pageHeader = struct(int(1, I32, 0), int(2, I32, data.length), int(3, I32, data.length), [
    5,
    STRUCT,
    struct(int(1, I32, values), int(2, I32, deltaBinaryPacked), int(3, I32, 3), int(4, I32, 3)),
  ]);
  const page = Buffer.concat([pageHeader, data]);
  const column = struct(
    int(1, I32, 2),
    list(2, I32, [varint(deltaBinaryPacked * 2)]),
    list(3, BINARY, [text("n")]),
    int(4, I32, 0),
    int(5, I64, 1),
    int(6, I64, page.length),
    int(7, I64, claims.columnBytes ?? page.length),
    int(9, I64, 4),
  );
  const { scale } = claims;
  const decimal = scale === undefined ? [] : [int(6, I32, 5), int(7, I32, scale), int(8, I32, 18)];
  const footer = struct(
    int(1, I32, 1),
    list(2, STRUCT, [
      struct([4, BINARY, text("root")], int(5, I32, 1)),
      struct(int(1, I32, 2), int(3, I32, 0), [4, BINARY, text("n")], ...decimal),
    ]),
    int(3, I64, 1),
    list(4, STRUCT, [
      struct(
        list(1, STRUCT, [struct(int(2, I64, 4), [3, STRUCT, column])]),
        int(2, I64, page.length),
        int(3, I64, 1),
      ),
    ]),
  );
  const length = Buffer.alloc(4);
  length.writeUInt32LE(footer.length);
  const magic = Buffer.from("PAR1");
  return Buffer.concat([magic, page, footer, length, magic]);
}
