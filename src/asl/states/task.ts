import type { Payload } from "../../data/evaluation.ts";
import { jsonataText } from "../../data/jsonata/template.ts";
import type { Json } from "../../json/json.ts";
import { isArray, isObject } from "../../json/kind.ts";
import type { Amount, Resource, TaskState } from "../definition.ts";
import type { Fields } from "../fields.ts";
import { readWork } from "../flow.ts";
import { readAmount, readParameters, readPayload } from "../dialect.ts";
import { parseResource } from "../resource.ts";
import { checkServiceParameters } from "../service-parameters.ts";
import type { StateSource } from "../source.ts";

/** Bounds of TimeoutSeconds and HeartbeatSeconds, about three years. */
const SECONDS = { min: 1, max: 99_999_999 };

/** A state that has work done. */
export function readTask(source: StateSource): TaskState | undefined {
  const { fields } = source;
  fields.require("Resource");
  const work = readWork(source, "Task");
  const resource = readResource(source);
  const form = { contextObject: "allowed" } as const;
  const timeoutSeconds = readAmount(source, fields, "TimeoutSeconds", SECONDS, form);
  const heartbeatSeconds = readAmount(source, fields, "HeartbeatSeconds", SECONDS, form);
  checkHeartbeat(fields, timeoutSeconds, heartbeatSeconds);
  const parameters = readParameters(source, fields);
  const credentials = readCredentials(source);
  if (resource === undefined) return undefined;
  checkServiceParameters(source, resource);
  if (resource.type === "Service" && resource.pattern === "WaitForTaskToken") {
    warnOfCallback(source, timeoutSeconds !== undefined || heartbeatSeconds !== undefined);
  }
  return { ...work, resource, parameters, timeoutSeconds, heartbeatSeconds, credentials };
}

function readResource({ fields, scope }: StateSource): Resource | undefined {
  const arn = fields.string("Resource");
  if (arn === undefined) return undefined;
  const resource = parseResource(arn, scope.executionType);
  if (!("problem" in resource)) return resource;
  fields.report.schema(resource.problem, fields.at("Resource"));
  return undefined;
}

function readCredentials(source: StateSource): Payload | undefined {
  const { fields, language } = source;
  const credentials = fields.child("Credentials");
  if (credentials === undefined) return undefined;
  if (!credentials.has("RoleArn") && (language === "JSONata" || !credentials.has("RoleArn.$"))) {
    const message = "The field 'RoleArn' is required but was missing";
    fields.report.schema(message, credentials.location);
  }
  return readPayload(source, fields, "Credentials");
}

/** A heartbeat that is due after the timeout could never be missed. */
function checkHeartbeat(
  fields: Fields,
  timeout: Amount | undefined,
  heartbeat: Amount | undefined,
): void {
  if (timeout?.type !== "Literal" || heartbeat?.type !== "Literal") return;
  if (heartbeat.value < timeout.value) return;
  fields.report.schema(
    `'HeartbeatSeconds' (${heartbeat.value}) must be smaller than 'TimeoutSeconds' ` +
      `(${timeout.value})`,
    fields.location,
  );
}

/** What leaves an execution waiting for ever, or for a year, for a callback. */
function warnOfCallback({ name, fields, language }: StateSource, hasTimeout: boolean): void {
  const jsonata = language === "JSONata";
  const field = jsonata ? "Arguments" : "Parameters";
  const isToken = (text: string) =>
    jsonata ? JSONATA_TOKEN.test(jsonataText(text) ?? "") : JSONPATH_TOKEN.test(text);
  if (!mentionsToken(fields.get(field), isToken)) {
    const token = jsonata ? "{% $states.context.Task.Token %}" : "$$.Task.Token";
    fields.report.warning(
      "MISSING_TASK_TOKEN",
      `Task '${name}' waits for a callback, but does not pass on its task token: nobody can ` +
        `complete it; put '${token}' into '${field}'`,
      fields.location,
    );
  } else if (!hasTimeout) {
    fields.report.warning(
      "MISSING_TIMEOUT",
      `Task '${name}' waits for a callback as long as the execution lives; limit it with ` +
        `'TimeoutSeconds' or 'HeartbeatSeconds'`,
      fields.location,
    );
  }
}

/** The token itself, or a larger part of the context object. */
const JSONPATH_TOKEN = /\$\$(?:$|\.Task\b|\[)/;
/** For the text of an expression. */
const JSONATA_TOKEN = /\$states(?!\.(?:input|result|context\.(?!Task\b)))/;

function mentionsToken(value: Json | undefined, isToken: (text: string) => boolean): boolean {
  if (typeof value === "string") return isToken(value);
  if (value === undefined) return false;
  if (isArray(value)) return value.some((element) => mentionsToken(element, isToken));
  return isObject(value) && Object.values(value).some((member) => mentionsToken(member, isToken));
}
