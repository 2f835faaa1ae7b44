/** The rows of a Parquet file, one row group after the other. */
import { gunzipSync } from "node:zlib";
import { decompress as unzstd } from "fzstd";
import {
  type AsyncBuffer,
  type ColumnChunk,
  type ColumnData,
  type Compressors,
  type DecodedArray,
  type FileMetaData,
  type RowGroup,
  parquetMetadataAsync,
  parquetRead,
  parquetSchema,
  snappyUncompress,
} from "hyparquet";
import type { Json } from "../../json/json.ts";
import { setMember } from "../../json/kind.ts";
import { FileFault } from "../dataset-item.ts";
import { type Convert, converter, plainSchema } from "./parquet-values.ts";

/** Bytes of the footer; a quota of AWS. */
const MAX_FOOTER_BYTES = 5 * 1024 * 1024;
/** Bytes of a row group; a quota of AWS. */
const MAX_ROW_GROUP_BYTES = 256 * 1024 * 1024;
/** Values of a row group: equal ones take next to nothing in the file, but each its place in memory. */
const MAX_ROW_GROUP_VALUES = 100_000_000;
/** Bytes that pages take when they are decompressed, one after the other. */
const MAX_PAGES_BYTES = 2 * MAX_ROW_GROUP_BYTES;
/** A value is read, and read again out of a dictionary. */
const BYTES_PER_VALUE = 32;
/** The length of the footer and the magic number. */
const TAIL_BYTES = 8;

/** A column of a row group: pieces of it in order, and where each begins. */
interface Column {
  readonly name: string;
  readonly convert: Convert;
  readonly pieces: ColumnData[];
}

/**
 * Throws FileFault, or what `file` throws. Other errors are of a broken file, too. `maxValues` bounds
 * the values of one row group; `grant` is told how many bytes of typed arrays it may take.
 */
export async function* parquetRows(
  file: AsyncBuffer,
  maxValues = MAX_ROW_GROUP_VALUES,
  grant: (bytes: number) => void = () => {},
): AsyncGenerator<Json> {
  const metadata = await readFooter(file);
  const tree = parquetSchema(metadata);
  const plain: FileMetaData = { ...metadata, schema: plainSchema(metadata.schema) };
  let rowStart = 0;
  for (const [index, group] of metadata.row_groups.entries()) {
    if (bytesOf(group) > MAX_ROW_GROUP_BYTES) {
      throw new FileFault(
        `row group ${index} is larger than ${MAX_ROW_GROUP_BYTES} bytes (256 MB)`,
      );
    }
    const values = group.columns.reduce((sum, column) => sum + valuesOf(column), 0);
    const most = Math.max(values, Number(group.num_rows));
    if (most > maxValues) {
      throw new FileFault(`row group ${index} has more than ${maxValues} values`);
    }
    grant(MAX_PAGES_BYTES + most * BYTES_PER_VALUE);
    const rowEnd = rowStart + Number(group.num_rows);
    const columns = tree.children.map((node) => ({
      name: node.element.name,
      convert: converter(node),
      pieces: [],
    }));
    await readGroup(file, plain, rowStart, rowEnd, columns);
    yield* rowsOf(columns, rowStart, rowEnd);
    rowStart = rowEnd;
  }
}

/** As it is in the file and as it is said to be. */
function bytesOf({ columns, total_byte_size: size }: RowGroup): number {
  const inFile = columns.reduce(
    (sum, { meta_data: data }) => sum + Number(data?.total_compressed_size ?? 0),
    0,
  );
  // Compression can make it somewhat bigger.
  return Math.max(Number(size), inFile / 1.1);
}

function valuesOf({ meta_data: data }: ColumnChunk): number {
  return Number(data?.num_values ?? 0);
}

async function readFooter(file: AsyncBuffer): Promise<FileMetaData> {
  if (file.byteLength < TAIL_BYTES + 4)
    throw new FileFault("it is no Parquet file: it is too short");
  const tail = new DataView(await file.slice(file.byteLength - TAIL_BYTES, file.byteLength));
  if (tail.getUint32(4) !== 0x50415231) {
    throw new FileFault("it is no Parquet file: it does not end with PAR1");
  }
  const length = tail.getUint32(0, true);
  if (length > MAX_FOOTER_BYTES) {
    throw new FileFault(`its footer is larger than ${MAX_FOOTER_BYTES} bytes (5 MB)`);
  }
  const initialFetchSize = Math.min(length + TAIL_BYTES, file.byteLength);
  return parquetMetadataAsync(file, { initialFetchSize, geoparquet: false });
}

async function readGroup(
  file: AsyncBuffer,
  metadata: FileMetaData,
  rowStart: number,
  rowEnd: number,
  columns: readonly Column[],
): Promise<void> {
  const byName = new Map(columns.map((column) => [column.name, column]));
  await parquetRead({
    file,
    metadata,
    rowStart,
    rowEnd,
    compressors: COMPRESSORS,
    utf8: false,
    geoparquet: false,
    parsers: { timestampFromNanoseconds: (nanos) => nanos },
    onChunk: (piece) => byName.get(piece.columnName)?.pieces.push(piece),
  });
}

function* rowsOf(columns: readonly Column[], rowStart: number, rowEnd: number): Generator<Json> {
  const cursors = columns.map(({ name, convert, pieces }) => ({
    name,
    convert,
    pieces: pieces.toSorted((a, b) => a.rowStart - b.rowStart),
    piece: 0,
  }));
  for (let row = rowStart; row < rowEnd; row += 1) {
    const value: { [key: string]: Json } = {};
    for (const cursor of cursors) {
      while (row >= (cursor.pieces[cursor.piece]?.rowEnd ?? Infinity)) cursor.piece += 1;
      const piece = cursor.pieces[cursor.piece];
      if (piece === undefined || row < piece.rowStart) {
        throw new FileFault(`row ${row} has no value for the column ${cursor.name}`);
      }
      setMember(
        value,
        cursor.name,
        cursor.convert(valueAt(piece.columnData, row - piece.rowStart)),
      );
    }
    yield value;
  }
}

function valueAt(values: DecodedArray, index: number): unknown {
  return values[index];
}

/** How pages are decompressed; what a page claims to hold is bounded before memory is taken for it. */
const COMPRESSORS: Compressors = {
  SNAPPY: (input, length) => {
    const output = new Uint8Array(bounded(length));
    snappyUncompress(input, output);
    return output;
  },
  GZIP: (input, length) => new Uint8Array(gunzipSync(input, { maxOutputLength: bounded(length) })),
  ZSTD: (input, length) => unzstd(input, new Uint8Array(bounded(length))),
};

function bounded(length: number): number {
  if (length <= MAX_ROW_GROUP_BYTES) return length;
  throw new FileFault(`a page is larger than ${MAX_ROW_GROUP_BYTES} bytes (256 MB)`);
}
