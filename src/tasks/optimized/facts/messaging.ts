/** Amazon SNS, Amazon SQS and Amazon EventBridge: what is not text already is sent as JSON text. */
import { lookup } from "node:dns/promises";
import type { Json, JsonObject } from "../../../json/json.ts";
import { isArray, isObject } from "../../../json/kind.ts";
import { parseJson } from "../../../json/parse.ts";
import { stringify } from "../../../json/stringify.ts";
import { AwsCallError } from "../../aws/aws-caller.ts";
import { TaskFailure } from "../../task-failure.ts";
import { at, changed, textAt } from "../members.ts";
import type { ActionTools, ServiceFacts } from "../service-facts.ts";

export const SNS: ServiceFacts = {
  service: "sns",
  client: "sns",
  errorPrefix: "SNS",
  serviceName: "AmazonSNS",
  exceptions: [
    "AuthorizationError",
    "EndpointDisabled",
    "InternalError",
    "InvalidParameter",
    "InvalidParameterValue",
    "InvalidSecurity",
    "KMSAccessDenied",
    "KMSDisabled",
    "KMSInvalidState",
    "KMSNotFound",
    "KMSOptInRequired",
    "KMSThrottling",
    "NotFound",
    "PlatformApplicationDisabled",
    "Validation",
  ],
  codes: { ParameterValueInvalid: "InvalidParameterValue" },
  actions: {
    publish: { request: (parameters) => changed(parameters, "Message", asText) },
  },
};

export const SQS: ServiceFacts = {
  service: "sqs",
  client: "sqs",
  errorPrefix: "SQS",
  serviceName: "AmazonSQS",
  exceptions: [
    "InvalidAddress",
    "InvalidMessageContents",
    "InvalidSecurity",
    "KmsAccessDenied",
    "KmsDisabled",
    "KmsInvalidKeyUsage",
    "KmsInvalidState",
    "KmsNotFound",
    "KmsOptInRequired",
    "KmsThrottled",
    "QueueDoesNotExist",
    "RequestThrottled",
    "UnsupportedOperation",
  ],
  codes: {
    "AWS.SimpleQueueService.NonExistentQueue": "QueueDoesNotExist",
    "AWS.SimpleQueueService.UnsupportedOperation": "UnsupportedOperation",
    "KMS.AccessDeniedException": "KmsAccessDenied",
    "KMS.DisabledException": "KmsDisabled",
    "KMS.InvalidKeyUsageException": "KmsInvalidKeyUsage",
    "KMS.InvalidStateException": "KmsInvalidState",
    "KMS.NotFoundException": "KmsNotFound",
    "KMS.OptInRequired": "KmsOptInRequired",
    "KMS.ThrottlingException": "KmsThrottled",
  },
  actions: {
    sendMessage: {
      refusal: (parameters) =>
        at(parameters, "MessageBody") === undefined
          ? {
              code: "MissingParameter",
              message: "The request must contain the parameter MessageBody.",
            }
          : undefined,
      request: messageRequest,
    },
  },
};

/**
 * The SDK calls the host of the queue's URL (recorded). Here all queues are called at the configured
 * endpoint, whose own queues may carry another host's name; but a URL without the queue's path names
 * nothing except a host, which must be there.
 */
async function messageRequest(parameters: JsonObject): Promise<JsonObject> {
  const address = textAt(parameters, "QueueUrl") ?? "";
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url !== undefined && url.pathname === "/" && !(await resolves(url.hostname))) {
    const text = `Unable to execute HTTP request: ${url.hostname}: Name or service not known`;
    throw new AwsCallError("Client", text);
  }
  return changed(parameters, "MessageBody", asText);
}

async function resolves(host: string): Promise<boolean> {
  try {
    await lookup(host);
    return true;
  } catch {
    return false;
  }
}

export const EVENTS: ServiceFacts = {
  service: "events",
  client: "eventbridge",
  errorPrefix: "EventBridge",
  serviceName: "AmazonEventBridge",
  exceptions: ["Internal"],
  actions: { putEvents: { request: eventsRequest, result: eventsResult } },
};

/** AWS adds where an event comes from to its resources: the state machine, then the execution. */
function eventsRequest(parameters: JsonObject, { call }: ActionTools): JsonObject {
  const origin = [call.stateMachineArn, call.executionArn];
  const entryOf = (entry: Json): Json => {
    if (!isObject(entry)) return entry;
    const given = at(entry, "Resources");
    const resources = given === undefined ? origin : isArray(given) ? [...given, ...origin] : given;
    return { ...changed(entry, "Detail", asText), Resources: resources };
  };
  return changed(parameters, "Entries", (entries) =>
    isArray(entries) ? entries.map(entryOf) : entries,
  );
}

/**
 * One entry that EventBridge does not take fails the task, with the answer as its cause. A `Detail`
 * that is no JSON object is none even where a work-alike of EventBridge has taken it.
 */
function eventsResult(answer: JsonObject, parameters: JsonObject): JsonObject {
  const given = at(parameters, "Entries");
  const told = at(answer, "Entries");
  const entries = isArray(told) ? told : [];
  const judged = entries.map((entry, index) =>
    isMalformed(at(given, index, "Detail")) && at(entry, "ErrorCode") === undefined
      ? MALFORMED
      : entry,
  );
  const failed = judged.filter((entry) => at(entry, "ErrorCode") !== undefined).length;
  if (failed === 0) return answer;
  const cause = { Entries: judged, FailedEntryCount: failed };
  throw new TaskFailure("EventBridge.FailedEntry", stringify(cause));
}

const MALFORMED = { ErrorCode: "MalformedDetail", ErrorMessage: "Detail is malformed." };

function isMalformed(detail: Json | undefined): boolean {
  if (detail === undefined) return false;
  const parsed = parseJson(asText(detail));
  return !parsed.ok || !isObject(parsed.value);
}

/** Text as it is, anything else as its JSON text. */
function asText(value: Json): string {
  return typeof value === "string" ? value : stringify(value);
}
