import type { MapState } from "../definition.ts";
import type { Fields } from "../fields.ts";
import { readWork } from "../flow.ts";
import { readAmount, readJsonataOnly, readParameters, readPayload } from "../dialect.ts";
import { isMeantAsExpression } from "../jsonata-check.ts";
import { readPath } from "../jsonpath-fields.ts";
import { type ExecutionType, newScope, type StateSource } from "../source.ts";
import { readDataset, DISTRIBUTED_FIELDS } from "./map-dataset.ts";

const MAX_LABEL_LENGTH = 40;
const BAD_LABEL = /[\s?*<>{}[\]:;,\\|^~$#%&`"/\p{Cc}\uFFFE\uFFFF]/u;

/** A state that runs a machine for every item of a list. */
export function readMap(source: StateSource): MapState | undefined {
  const { name, fields, context, scope } = source;
  const work = readWork(source, "Map");
  const processor = readProcessor(fields);
  const { mode, executionType } = readProcessorConfig(processor, scope.executionType);
  const dataset = readDataset(source, mode);
  fields.atMostOne("ItemSelector", "Parameters");
  const rest = {
    mode,
    executionType,
    label: readLabel(source),
    ...readItemSource(source),
    ...dataset,
    // `Parameters` is what the selector was called together with `Iterator`.
    itemSelector:
      readPayload(source, fields, "ItemSelector") ??
      (source.language === "JSONPath" ? readParameters(source, fields) : undefined),
    parameters: undefined,
    maxConcurrency: readAmount(source, fields, "MaxConcurrency", { min: 0 }),
    toleratedFailureCount: readAmount(source, fields, "ToleratedFailureCount", { min: 0 }),
    toleratedFailurePercentage: readAmount(
      source,
      fields,
      "ToleratedFailurePercentage",
      { min: 0, max: 100 },
      { kind: "number" },
    ),
  };
  warnOfWholeInput(source);
  if (processor === undefined) return undefined;
  const inner = newScope(executionType ?? scope.executionType, name);
  // The items of a distributed Map are executions of their own and do not see its variables.
  (mode === "INLINE" ? scope.inner : context.roots).push(inner);
  const machine = context.parseMachine(processor, inner);
  return machine === undefined ? undefined : { ...work, ...rest, processor: machine };
}

/** `ItemsPath`, or in JSONata `Items`. */
function readItemSource(source: StateSource): Pick<MapState, "itemsPath" | "items"> {
  const { fields, language } = source;
  if (language === "JSONPath") {
    return { itemsPath: readPath(fields, "ItemsPath"), items: undefined };
  }
  const value = fields.get("Items");
  if (value !== undefined && typeof value !== "object" && !isMeantAsExpression(value)) {
    fields.wrongType("Items", "ARRAY");
  }
  return { itemsPath: undefined, items: readJsonataOnly(source, fields, "Items") };
}

/** `ItemProcessor`, or `Iterator` as it was called before there were distributed Maps. */
function readProcessor(fields: Fields): Fields | undefined {
  fields.atMostOne("ItemProcessor", "Iterator");
  if (fields.has("Iterator") && !fields.has("ItemProcessor")) return fields.child("Iterator");
  fields.require("ItemProcessor");
  return fields.child("ItemProcessor");
}

interface ProcessorConfig {
  readonly mode: MapState["mode"];
  readonly executionType: ExecutionType | undefined;
}

function readProcessorConfig(
  processor: Fields | undefined,
  around: ExecutionType,
): ProcessorConfig {
  const config = processor?.child("ProcessorConfig");
  const mode = config?.oneOf("Mode", ["INLINE", "DISTRIBUTED"]) ?? "INLINE";
  if (config === undefined || mode === "INLINE") {
    if (config?.has("ExecutionType") === true) {
      config.report.schema("Field 'ExecutionType' is not supported", config.location);
    }
    return { mode, executionType: undefined };
  }
  config.require("ExecutionType");
  if (around === "EXPRESS") {
    config.report.schema(
      "Express state machine does not support Map state in 'DISTRIBUTED' mode",
      config.at("Mode"),
    );
  }
  return { mode, executionType: config.oneOf("ExecutionType", ["STANDARD", "EXPRESS"]) };
}

function readLabel({ fields, context }: StateSource): string | undefined {
  const label = fields.string("Label");
  if (label === undefined) return undefined;
  const location = fields.at("Label");
  if (label === "" || label.length > MAX_LABEL_LENGTH || BAD_LABEL.test(label)) {
    fields.report.error(
      "INVALID_LABEL_NAME",
      `Invalid label name: '${label}'. It must have 1 to ${MAX_LABEL_LENGTH} characters, without ` +
        `white space, brackets, wildcards and special characters`,
      location,
    );
  } else if (context.labels.has(label)) {
    fields.report.error("DUPLICATE_LABEL_NAME", `Duplicate label name: ${label}`, location);
  }
  context.labels.add(label);
  return label;
}

/** Nothing says which part of the input are the items; often ItemsPath was forgotten. */
function warnOfWholeInput({ name, fields, language }: StateSource): void {
  if (["ItemsPath", "Items", "InputPath", ...DISTRIBUTED_FIELDS].some((field) => fields.has(field)))
    return;
  fields.report.warning(
    "WHOLE_INPUT_AS_ITEMS",
    `Map state '${name}' takes its whole input as the list of items and fails if that is no ` +
      `array; name the array with '${language === "JSONata" ? "Items" : "ItemsPath"}'`,
    fields.location,
  );
}
