/** Amazon DynamoDB. Attribute values are written as the DynamoDB API has them: `{"S": "text"}`. */
import type { ServiceFacts } from "../service-facts.ts";

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
  actions: { getItem: {}, putItem: {}, updateItem: {}, deleteItem: {} },
};
