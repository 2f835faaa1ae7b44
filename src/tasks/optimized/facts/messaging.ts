/** Amazon SNS, Amazon SQS and Amazon EventBridge: what is not text already is sent as JSON text. */
import type { Json, JsonObject } from "../../../json/json.ts";
import { isArray, isObject } from "../../../json/kind.ts";
import { stringify } from "../../../json/stringify.ts";
import { TaskFailure } from "../../task-failure.ts";
import { at, changed } from "../members.ts";
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
    sendMessage: { request: (parameters) => changed(parameters, "MessageBody", asText) },
  },
};

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

/** One entry that EventBridge does not take fails the task, with the answer as its cause. */
function eventsResult(answer: JsonObject): JsonObject {
  const failed = at(answer, "FailedEntryCount");
  if (failed === undefined || failed === 0) return answer;
  throw new TaskFailure("EventBridge.FailedEntry", stringify(answer));
}

/** Text as it is, anything else as its JSON text. */
function asText(value: Json): string {
  return typeof value === "string" ? value : stringify(value);
}
