/** The fields of a Map, which has the most of all. */
import type { JsonObject } from "../../../src/json/json.ts";
import { valueAt } from "../document/change-value.ts";
import type { JsonPath } from "../document/json-path.ts";
import { amount, type Field } from "./form-field.ts";
import type { QueryLanguage } from "./state-templates.ts";

export function mapFields(language: QueryLanguage, state: JsonObject): readonly Field[] {
  const isDistributed = isDistributedMap(state);
  const isJsonata = language === "JSONata";
  const items: Field = isJsonata
    ? {
        kind: "Json",
        steps: ["Items"],
        label: "Items",
        description: "A list, an object or an expression",
      }
    : {
        kind: "Text",
        steps: ["ItemsPath"],
        label: "ItemsPath",
        description: "Path of the list in the input. Without it: the whole input.",
        placeholder: "$.items",
      };
  const selector: Field = {
    kind: "Json",
    steps: ["ItemSelector"],
    label: "ItemSelector",
    description: "What each iteration gets. Without it: its item.",
  };
  const concurrency = amount(
    language,
    "MaxConcurrency",
    "Concurrency",
    "How many at a time; as many as possible if empty or 0",
  );
  if (!isDistributed) return [items, selector, concurrency];
  return [
    ...(valueAt(state, ["ItemReader"]) === undefined ? [items] : []),
    readerGroup(language, state),
    selector,
    batcherGroup(language),
    concurrency,
    amount(
      language,
      "ToleratedFailurePercentage",
      "Tolerated failures in percent",
      "0 to 100; 0 if empty",
    ),
    amount(language, "ToleratedFailureCount", "Tolerated failures", "A whole number; 0 if empty"),
    writerGroup(language),
    {
      kind: "Text",
      steps: ["Label"],
      label: "Label",
      description: "Part of the ARNs of the Map Run; at most 40 characters, without blanks",
    },
  ];
}

function readerGroup(language: QueryLanguage, state: JsonObject): Field {
  const given = language === "JSONata" ? "Arguments" : "Parameters";
  const config = ["ItemReader", "ReaderConfig"];
  const type = valueAt(state, [...config, "InputType"]);
  const isCsv = type === "CSV";
  return {
    kind: "Group",
    steps: ["ItemReader"],
    label: "Read the items from S3",
    initial: {
      Resource: "arn:aws:states:::s3:getObject",
      ReaderConfig: { InputType: "JSON" },
      [given]: { Bucket: "my-bucket", Key: "my-file.json" },
    },
    fields: [
      {
        kind: "Options",
        steps: ["ItemReader", "Resource"],
        label: "Items are",
        none: "Choose",
        options: [
          { value: "arn:aws:states:::s3:getObject", label: "In a file" },
          { value: "arn:aws:states:::s3:listObjectsV2", label: "The objects of a bucket" },
        ],
      },
      {
        kind: "Json",
        steps: ["ItemReader", given],
        label: given,
        description: "Bucket and Key of the file, or Bucket and Prefix of the objects",
      },
      {
        kind: "Options",
        steps: [...config, "InputType"],
        label: "Kind of file",
        none: "None",
        options: ["CSV", "JSON", "JSONL", "PARQUET", "MANIFEST"].map((value) => ({
          value,
          label: value,
        })),
      },
      ...(isCsv ? csvFields(config) : []),
      ...(type === "JSON"
        ? [
            {
              kind: "Text",
              steps: [...config, "ItemsPointer"],
              label: "Where in the file",
              description: "JSON Pointer of the list; without it: the whole file",
              placeholder: "/orders",
            } satisfies Field,
          ]
        : []),
      amount(language, "MaxItems", "At most", "How many items are read; all if empty", config),
    ],
  };
}

function csvFields(config: JsonPath): readonly Field[] {
  return [
    {
      kind: "Options",
      steps: [...config, "CSVHeaderLocation"],
      label: "Names of the columns",
      none: "Choose",
      options: [
        { value: "FIRST_ROW", label: "In the first row" },
        { value: "GIVEN", label: "Given here" },
      ],
    },
    {
      kind: "Words",
      steps: [...config, "CSVHeaders"],
      label: "Columns",
      description: "If they are given here",
      example: "id, name",
    },
    {
      kind: "Options",
      steps: [...config, "CSVDelimiter"],
      label: "Between the columns",
      none: "COMMA",
      options: ["COMMA", "PIPE", "SEMICOLON", "SPACE", "TAB"].map((value) => ({
        value,
        label: value,
      })),
    },
  ];
}

function batcherGroup(language: QueryLanguage): Field {
  return {
    kind: "Group",
    steps: ["ItemBatcher"],
    label: "Process items in batches",
    initial: { MaxItemsPerBatch: 10 },
    fields: [
      amount(language, "MaxItemsPerBatch", "Items in a batch", "No limit if empty", [
        "ItemBatcher",
      ]),
      amount(
        language,
        "MaxInputBytesPerBatch",
        "Bytes in a batch",
        "At most 262144; no limit if empty",
        ["ItemBatcher"],
      ),
      {
        kind: "Json",
        steps: ["ItemBatcher", "BatchInput"],
        label: "BatchInput",
        description: "What each batch gets beside its items",
      },
    ],
  };
}

function writerGroup(language: QueryLanguage): Field {
  const given = language === "JSONata" ? "Arguments" : "Parameters";
  const config = ["ResultWriter", "WriterConfig"];
  return {
    kind: "Group",
    steps: ["ResultWriter"],
    label: "Write the results to S3",
    initial: {
      Resource: "arn:aws:states:::s3:putObject",
      [given]: { Bucket: "my-bucket", Prefix: "results" },
    },
    fields: [
      {
        kind: "Options",
        steps: ["ResultWriter", "Resource"],
        label: "Results go",
        none: "Into the state's output",
        options: [{ value: "arn:aws:states:::s3:putObject", label: "To a bucket" }],
      },
      {
        kind: "Json",
        steps: ["ResultWriter", given],
        label: given,
        description: "Bucket and Prefix",
      },
      {
        kind: "Options",
        steps: [...config, "Transformation"],
        label: "Form of the results",
        none: "As AWS does",
        options: [
          { value: "NONE", label: "Whole executions (NONE)" },
          { value: "COMPACT", label: "Outputs (COMPACT)" },
          { value: "FLATTEN", label: "Outputs, lists joined (FLATTEN)" },
        ],
      },
      {
        kind: "Options",
        steps: [...config, "OutputType"],
        label: "Kind of file",
        none: "JSON",
        options: [
          { value: "JSON", label: "JSON" },
          { value: "JSONL", label: "JSONL" },
        ],
      },
    ],
  };
}

export function isDistributedMap(state: JsonObject): boolean {
  return valueAt(state, ["ItemProcessor", "ProcessorConfig", "Mode"]) === "DISTRIBUTED";
}
