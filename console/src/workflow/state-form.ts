/** Which fields the form of a state has: by its type, its query language and what is in it. */
import type { JsonObject } from "../../../src/json/json.ts";
import { amount, type Field } from "./form-field.ts";
import { mapFields } from "./map-form.ts";
import type { QueryLanguage } from "./state-templates.ts";

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
    data: dataFields(isKnown ? type : "", language),
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
