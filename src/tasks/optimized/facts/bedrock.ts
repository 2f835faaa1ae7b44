/** Amazon Bedrock. InvokeModel takes and gives JSON, or objects in S3 for what is longer. */
import type { Json, JsonObject } from "../../../json/json.ts";
import { parseJson } from "../../../json/parse.ts";
import { stringify } from "../../../json/stringify.ts";
import { at, jobId, objectAt, textAt, without } from "../members.ts";
import { refused } from "../refused.ts";
import type { ActionTools, ServiceFacts } from "../service-facts.ts";

export const BEDROCK: ServiceFacts = {
  service: "bedrock",
  client: "bedrock",
  errorPrefix: "Bedrock",
  serviceName: "AmazonBedrock",
  exceptions: [
    "AccessDenied",
    "Conflict",
    "InternalServer",
    "ModelError",
    "ModelNotReady",
    "ModelTimeout",
    "ResourceInUse",
    "ResourceNotFound",
    "ServiceQuotaExceeded",
    "ServiceUnavailable",
    "Throttling",
    "TooManyTags",
    "Validation",
  ],
  actions: {
    invokeModel: {
      client: "bedrockruntime",
      metadata: false,
      request: modelRequest,
      result: modelResult,
    },
    createModelCustomizationJob: {
      token: "ClientRequestToken",
      job: {
        id: (submitted) => jobId({ JobIdentifier: textAt(submitted, "JobArn") }),
        poll: "getModelCustomizationJob",
        status: ["Status"],
        running: ["InProgress", "Stopping"],
        succeeded: ["Completed"],
        failed: ["Failed", "Stopped"],
        stop: { operation: "stopModelCustomizationJob", request: (id) => id },
      },
    },
  },
};

const JSON_TYPE = "application/json";

async function modelRequest(parameters: JsonObject, tools: ActionTools): Promise<JsonObject> {
  const { call, send } = tools;
  const body = at(parameters, "Body");
  const input = objectAt(parameters, "Input");
  if (body !== undefined && input !== undefined) {
    throw refused(call, "Only one of the fields 'Body' and 'Input' may be given");
  }
  // Wrong places are told before anything is read.
  if (at(parameters, "Output") !== undefined) s3Place(tools, parameters, "Output");
  const rest = without(parameters, "Body", "Input", "Output");
  if (input === undefined) {
    const text = body === undefined || typeof body === "string" ? body : stringify(body);
    return {
      Accept: JSON_TYPE,
      ContentType: JSON_TYPE,
      ...rest,
      ...(text !== undefined && { Body: text }),
    };
  }
  const object = await send("getObject", s3Place(tools, parameters, "Input"), "s3");
  return {
    Accept: JSON_TYPE,
    ContentType: at(object, "ContentType") ?? JSON_TYPE,
    ...rest,
    Body: at(object, "Body") ?? "",
  };
}

async function modelResult(
  answer: JsonObject,
  parameters: JsonObject,
  tools: ActionTools,
): Promise<JsonObject> {
  const text = textAt(answer, "Body") ?? "";
  const place = at(parameters, "Output");
  if (place === undefined) return { ...answer, Body: parsed(text) };
  const type = at(answer, "ContentType") ?? JSON_TYPE;
  const target = s3Place(tools, parameters, "Output");
  await tools.send("putObject", { ...target, Body: parsed(text), ContentType: type }, "s3");
  return { ...answer, Body: textAt(place, "S3Uri") ?? null };
}

function parsed(text: string): Json {
  const result = parseJson(text);
  return result.ok ? result.value : text;
}

/** The bucket and key of an address like `s3://bucket/key`. */
function s3Place({ call }: ActionTools, parameters: JsonObject, field: string): JsonObject {
  const address = textAt(parameters, field, "S3Uri") ?? "";
  const [, bucket, key] = /^s3:\/\/([^/]+)\/(.+)$/.exec(address) ?? [];
  if (bucket === undefined || key === undefined) {
    throw refused(call, `The field '${field}.S3Uri' must be an address like s3://bucket/key`);
  }
  return { Bucket: bucket, Key: key };
}
