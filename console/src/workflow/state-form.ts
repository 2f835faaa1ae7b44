/** Which fields the form of a state has: by its type, its query language and what is in it. */
import type { JsonObject } from "../../../src/json/json.ts";
import { isObject } from "../../../src/json/kind.ts";
import { valueAt } from "../document/change-value.ts";
import type { JsonPath } from "../document/json-path.ts";
import type { QueryLanguage } from "./state-templates.ts";

interface FieldBase {
  /** From the state. */
  readonly steps: JsonPath;
  readonly label: string;
  readonly description?: string;
  readonly placeholder?: string;
}

export type Field =
  | (FieldBase & { readonly kind: "Text"; readonly isLong?: boolean })
  | (FieldBase & { readonly kind: "Number"; readonly constraint: string })
  /** Any JSON; in JSONata an expression can stand alone. */
  | (FieldBase & { readonly kind: "Json" })
  /** A path, or null with the words of `discard`. */
  | (FieldBase & { readonly kind: "Path"; readonly discard: string })
  | (FieldBase & {
      readonly kind: "Options";
      readonly options: readonly Option[];
      readonly none: string;
    })
  | (FieldBase & { readonly kind: "Words"; readonly example: string })
  /** One of several fields, each with a name for its choice. */
  | {
      readonly kind: "OneOf";
      readonly label: string;
      readonly fields: readonly (Field & { readonly steps: JsonPath })[];
      readonly names: readonly string[];
    }
  /** Fields of an object that can be switched on, with `initial`. */
  | (FieldBase & {
      readonly kind: "Group";
      readonly initial: JsonObject;
      readonly fields: readonly Field[];
    });

export interface Option {
  readonly value: string;
  readonly label: string;
  readonly description?: string;
}

export interface StateForm {
  /** After name, type and way out, before the comment. */
  readonly configuration: readonly Field[];
  /** Input and output, or arguments and output. */
  readonly data: readonly Field[];
  readonly hasErrorHandling: boolean;
  readonly hasAssign: boolean;
}

const SECONDS = "Seconds, 1 to 99999999; none if empty";

export function stateForm(state: JsonObject, language: QueryLanguage): StateForm {
  const type = state["Type"];
  const isWork = type === "Task" || type === "Parallel" || type === "Map";
  const isKnown = typeof type === "string" && Object.hasOwn(CONFIGURATION, type);
  return {
    configuration: isKnown ? CONFIGURATION[type]!(language, state) : [],
    data: dataFields(String(type), language),
    hasErrorHandling: isWork,
    hasAssign: isKnown && type !== "Succeed" && type !== "Fail",
  };
}

const CONFIGURATION: Readonly<
  Record<string, (language: QueryLanguage, state: JsonObject) => readonly Field[]>
> = {
  Task: (language) => [
    amount(language, "TimeoutSeconds", "Time-out", SECONDS),
    amount(language, "HeartbeatSeconds", "Heartbeat", SECONDS),
    credentials(language),
  ],
  Pass: () => [],
  Succeed: () => [],
  Choice: () => [],
  Parallel: () => [],
  Wait: (language) => [waitField(language)],
  Fail: (language) => [failField(language, "Error"), failField(language, "Cause")],
  Map: mapFields,
};

function dataFields(type: string, language: QueryLanguage): readonly Field[] {
  if (type === "Fail") return [];
  const isCall = type === "Task" || type === "Parallel";
  if (language === "JSONata") {
    return [
      ...(isCall
        ? [json("Arguments", "What it is called with. Without it: the state's input.")]
        : []),
      json(
        "Output",
        type === "Choice"
          ? "The state's output if no rule holds. Without it: its input."
          : "The state's output. Without it: the result, or the input of a state without one.",
      ),
    ];
  }
  const isWork = isCall || type === "Map";
  return [
    path("InputPath", "Part of the input that is used", "Use an empty object"),
    ...(isCall || type === "Pass"
      ? [json("Parameters", "A template. Members whose names end in .$ are read from the input.")]
      : []),
    ...(type === "Pass" ? [json("Result", "A fixed result instead of the input")] : []),
    ...(isWork ? [json("ResultSelector", "A template that takes parts of the result")] : []),
    ...(isWork || type === "Pass"
      ? [
          path(
            "ResultPath",
            "Where in the input the result is put",
            "Discard the result, keep the input",
          ),
        ]
      : []),
    path("OutputPath", "Part of it that becomes the output", "Output an empty object"),
  ];
}

function json(name: string, description: string): Field {
  return { kind: "Json", steps: [name], label: name, description };
}

function path(name: string, description: string, discard: string): Field {
  return { kind: "Path", steps: [name], label: name, description, discard, placeholder: "$" };
}

/** A number, in JSONPath also read with a path. */
function amount(
  language: QueryLanguage,
  name: string,
  label: string,
  constraint: string,
  base: JsonPath = [],
): Field {
  const number: Field = { kind: "Number", steps: [...base, name], label, constraint };
  if (language === "JSONata") return number;
  const fromPath: Field = {
    kind: "Text",
    steps: [...base, `${name}Path`],
    label,
    placeholder: "$.number",
  };
  return { kind: "OneOf", label, fields: [number, fromPath], names: ["A number", "A path"] };
}

function credentials(language: QueryLanguage): Field {
  const role: Field = {
    kind: "Text",
    steps: ["Credentials", "RoleArn"],
    label: "Role to assume",
    placeholder: "arn:aws:iam::123456789012:role/other-account",
  };
  if (language === "JSONata") return { ...role, description: "An ARN or an expression; optional" };
  const fromPath: Field = { ...role, steps: ["Credentials", "RoleArn.$"], placeholder: "$.role" };
  return {
    kind: "OneOf",
    label: "Role to assume",
    fields: [role, fromPath],
    names: ["An ARN", "A path"],
  };
}

function waitField(language: QueryLanguage): Field {
  const seconds: Field = {
    kind: "Number",
    steps: ["Seconds"],
    label: "Seconds",
    constraint: "A whole number, 0 to 99999999",
  };
  const timestamp: Field = {
    kind: "Text",
    steps: ["Timestamp"],
    label: "Timestamp",
    placeholder: "2027-01-31T08:00:00Z",
  };
  const secondsPath: Field = {
    kind: "Text",
    steps: ["SecondsPath"],
    label: "Path of the seconds",
    placeholder: "$.seconds",
  };
  const timestampPath: Field = {
    kind: "Text",
    steps: ["TimestampPath"],
    label: "Path of the timestamp",
    placeholder: "$.until",
  };
  const isJsonata = language === "JSONata";
  return {
    kind: "OneOf",
    label: "Wait",
    fields: isJsonata ? [seconds, timestamp] : [seconds, secondsPath, timestamp, timestampPath],
    names: isJsonata
      ? ["For some seconds", "Until a time"]
      : [
          "For some seconds",
          "For seconds of the input",
          "Until a time",
          "Until a time of the input",
        ],
  };
}

function failField(language: QueryLanguage, name: "Error" | "Cause"): Field {
  const isLong = name === "Cause";
  const text: Field = { kind: "Text", steps: [name], label: name, isLong };
  if (language === "JSONata") return { ...text, description: "A text or an expression" };
  const fromPath: Field = {
    kind: "Text",
    steps: [`${name}Path`],
    label: name,
    placeholder: "$.error",
    description: "A path, or an intrinsic function such as States.Format('…', $.id)",
  };
  return {
    kind: "OneOf",
    label: name,
    fields: [text, fromPath],
    names: ["A text", "A path"],
  };
}

function mapFields(language: QueryLanguage, state: JsonObject): readonly Field[] {
  const mode = valueAt(state, ["ItemProcessor", "ProcessorConfig", "Mode"]);
  const isDistributed = mode === "DISTRIBUTED";
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

/** Fields that the forms do not show but for themselves: by their names. */
const SHOWN_ELSEWHERE: readonly string[] = [
  "Type",
  "Comment",
  "QueryLanguage",
  "Next",
  "End",
  "Resource",
  "Choices",
  "Default",
  "Branches",
  "ItemProcessor",
  "Iterator",
  "Retry",
  "Catch",
  "Assign",
];

/** Names of the fields of a state that no form shows; they are kept, and can be edited as JSON. */
export function otherFields(state: JsonObject, language: QueryLanguage): readonly string[] {
  const { configuration, data } = stateForm(state, language);
  const shown = new Set(SHOWN_ELSEWHERE);
  for (const name of [...configuration, ...data].flatMap(namesOf)) shown.add(name);
  return Object.keys(state).filter((name) => !shown.has(name));
}

function namesOf(field: Field): readonly string[] {
  if (field.kind === "OneOf") return field.fields.flatMap(namesOf);
  return [String(field.steps[0])];
}

export function isDistributedMap(state: JsonObject): boolean {
  const processor = state["ItemProcessor"];
  return isObject(processor) && valueAt(processor, ["ProcessorConfig", "Mode"]) === "DISTRIBUTED";
}
