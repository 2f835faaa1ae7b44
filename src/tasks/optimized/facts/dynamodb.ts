/** Amazon DynamoDB. Attribute values are written as the DynamoDB API has them: `{"S": "text"}`. */
import type { JsonObject } from "../../../json/json.ts";
import { at, textAt } from "../members.ts";
import type { ActionFacts, Refusal, ServiceFacts } from "../service-facts.ts";

const ofKey: ActionFacts = { refusal: (parameters) => refusal(parameters, "Key") };
const ofItem: ActionFacts = { refusal: (parameters) => refusal(parameters, "Item") };

export const DYNAMODB: ServiceFacts = {
  service: "dynamodb",
  client: "dynamodb",
  errorPrefix: "DynamoDB",
  serviceName: "AmazonDynamoDBv2",
  exceptions: [
    "ConditionalCheckFailed",
    "InternalServerError",
    "ItemCollectionSizeLimitExceeded",
    "ProvisionedThroughputExceeded",
    "ReplicatedWriteConflict",
    "RequestLimitExceeded",
    "ResourceNotFound",
    "TransactionConflict",
  ],
  actions: { getItem: ofKey, putItem: ofItem, updateItem: ofKey, deleteItem: ofKey },
};

const TABLE_NAME = "[a-zA-Z0-9_.-]+";

/** In the words of DynamoDB's own validation (recorded). A table may be given by its ARN, too. */
function refusal(parameters: JsonObject, required: string): Refusal | undefined {
  const problems = ["TableName", required]
    .filter((name) => at(parameters, name) === undefined)
    .map((name) => problem("null", name, "Member must not be null"));
  const table = textAt(parameters, "TableName");
  if (table !== undefined && !new RegExp(`^(?:${TABLE_NAME}|arn:.+)$`).test(table)) {
    const constraint = `Member must satisfy regular expression pattern: ${TABLE_NAME}`;
    problems.push(problem(`'${table}'`, "TableName", constraint));
  }
  if (problems.length === 0) return undefined;
  const count = `${problems.length} validation error${problems.length === 1 ? "" : "s"} detected`;
  return { code: "ValidationException", message: `${count}: ${problems.join("; ")}` };
}

function problem(value: string, name: string, constraint: string): string {
  const member = name.charAt(0).toLowerCase() + name.slice(1);
  return `Value ${value} at '${member}' failed to satisfy constraint: ${constraint}`;
}
