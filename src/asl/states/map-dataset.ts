/**
 * The fields with which a distributed Map reads its items from and writes its results to S3, and
 * groups its items.
 */
import type { ItemBatcher, ItemReader, MapState, ResultWriter } from "../definition.ts";
import { readAmount, readParameters, readPayload } from "../dialect.ts";
import type { Fields } from "../fields.ts";
import { refuseForeignFields } from "../query-language.ts";
import type { StateSource } from "../source.ts";

export const DISTRIBUTED_FIELDS = ["ItemReader", "ItemBatcher", "ResultWriter"];

const READERS =
  /^arn:(?:aws|aws-cn|aws-us-gov):states:::(?:aws-sdk:)?s3:(?:getObject|listObjectsV2)$/;
const WRITERS = /^arn:(?:aws|aws-cn|aws-us-gov):states:::(?:aws-sdk:)?s3:putObject$/;
const INPUT_TYPES = ["MANIFEST", "JSON", "CSV", "JSONL", "PARQUET"] as const;
const MANIFEST_TYPES = ["ATHENA_DATA", "S3_INVENTORY"] as const;
const TRANSFORMATIONS = ["NONE", "LOAD_AND_FLATTEN"] as const;
const MAX_ITEMS = 100_000_000;
/** Bytes of a batch, the largest payload there is. */
const MAX_BATCH_BYTES = 262_144;

/** Reads ItemReader, ItemBatcher and ResultWriter, and reports what is wrong with them. */
export function readDataset(
  source: StateSource,
  mode: MapState["mode"],
): Pick<MapState, "itemReader" | "itemBatcher" | "resultWriter"> {
  const { fields } = source;
  if (mode === "INLINE") {
    for (const name of DISTRIBUTED_FIELDS.filter((field) => fields.has(field))) {
      fields.report.schema(
        `Field '${name}' is not supported. Only a Map whose ProcessorConfig has 'Mode' ` +
          `'DISTRIBUTED' has it`,
        fields.location,
      );
    }
  }
  return {
    itemReader: readReader(source, fields.child("ItemReader")),
    itemBatcher: readBatcher(source, fields.child("ItemBatcher")),
    resultWriter: readWriter(source, fields.child("ResultWriter")),
  };
}

function readReader(source: StateSource, reader: Fields | undefined): ItemReader | undefined {
  if (reader === undefined) return undefined;
  reader.require("Resource");
  const resource = readResource(reader, READERS, ["getObject", "listObjectsV2"]);
  refuseForeignFields(reader, source.language, "Arguments", "Parameters");
  const config = reader.child("ReaderConfig");
  if (config !== undefined) refuseMisfits(config, resource);
  const csvHeaderLocation = config?.oneOf("CSVHeaderLocation", ["FIRST_ROW", "GIVEN"]);
  if (csvHeaderLocation === "GIVEN") config?.require("CSVHeaders");
  const headers = config?.array("CSVHeaders");
  if (config !== undefined) refuseForeignFields(config, source.language, "MaxItemsPath");
  return {
    resource: resource ?? "",
    parameters: readParameters(source, reader),
    inputType: config?.oneOf("InputType", INPUT_TYPES),
    csvHeaderLocation,
    csvHeaders: headers?.map((header) => (typeof header === "string" ? header : "")),
    csvDelimiter: config?.oneOf("CSVDelimiter", ["COMMA", "PIPE", "SEMICOLON", "SPACE", "TAB"]),
    itemsPointer: config?.string("ItemsPointer"),
    manifestType: config?.oneOf("ManifestType", MANIFEST_TYPES),
    transformation: config?.oneOf("Transformation", TRANSFORMATIONS),
    maxItems: config && readAmount(source, config, "MaxItems", { min: 0, max: MAX_ITEMS }),
  };
}

/** Options that do not go together (Developer Guide, "ItemReader"). */
function refuseMisfits(config: Fields, resource: string | undefined): void {
  const type = config.get("InputType");
  const lists = resource?.endsWith(":listObjectsV2") === true;
  const loads = config.get("Transformation") === "LOAD_AND_FLATTEN";
  const refuse = (field: string, why: string): void => {
    config.report.schema(`Field '${field}' is not supported ${why}`, config.at(field));
  };
  if (resource !== undefined && config.has("Transformation") && !lists) {
    refuse("Transformation", "for 's3:getObject'. Only 's3:listObjectsV2' has it");
  }
  if (lists && loads) {
    config.require("InputType");
    if (type === "MANIFEST") refuse("InputType", "as 'MANIFEST' with 'LOAD_AND_FLATTEN'");
  }
  if (config.has("ManifestType")) {
    if (lists) refuse("ManifestType", "for 's3:listObjectsV2'. Only 's3:getObject' has it");
    if (config.get("ManifestType") === "ATHENA_DATA") config.require("InputType");
    else if (type !== undefined && type !== "MANIFEST") {
      refuse("InputType", "with the 'ManifestType' 'S3_INVENTORY'");
    }
  }
}

function readBatcher(source: StateSource, batcher: Fields | undefined): ItemBatcher | undefined {
  if (batcher === undefined) return undefined;
  const bytes = { min: 0, max: MAX_BATCH_BYTES };
  const limits = ["MaxItemsPerBatchPath", "MaxInputBytesPerBatchPath"];
  refuseForeignFields(batcher, source.language, ...limits);
  return {
    maxItemsPerBatch: readAmount(source, batcher, "MaxItemsPerBatch", { min: 0 }),
    maxInputBytesPerBatch: readAmount(source, batcher, "MaxInputBytesPerBatch", bytes),
    batchInput: readPayload(source, batcher, "BatchInput"),
  };
}

function readWriter(source: StateSource, writer: Fields | undefined): ResultWriter | undefined {
  if (writer === undefined) return undefined;
  refuseForeignFields(writer, source.language, "Arguments", "Parameters");
  const config = writer.child("WriterConfig");
  return {
    resource: readResource(writer, WRITERS, ["putObject"]),
    parameters: readParameters(source, writer),
    outputType: config?.oneOf("OutputType", ["JSON", "JSONL"]),
    transformation: config?.oneOf("Transformation", ["NONE", "COMPACT", "FLATTEN"]),
  };
}

function readResource(
  fields: Fields,
  pattern: RegExp,
  actions: readonly string[],
): string | undefined {
  const arn = fields.string("Resource");
  if (arn === undefined || pattern.test(arn)) return arn;
  const examples = actions.map((action) => `arn:aws:states:::s3:${action}`);
  fields.report.schema(
    `The field 'Resource' does not match any of the allowed values. Examples: ` +
      `[${examples.join(", ")}]`,
    fields.at("Resource"),
  );
  return undefined;
}
