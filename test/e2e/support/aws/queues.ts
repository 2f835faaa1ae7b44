/** The other end of messages: queues of a world. */
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { eventually } from "../eventually.ts";
import type { ServiceWorld } from "./service-world.ts";

export interface Queues {
  /** The URL as AWS would give it. */
  urlOf(name: string): string;
  /** Resolves with `urlOf(name)`. */
  create(name: string): Promise<string>;
  /** Waits for a message, takes it off the queue and resolves with its body. */
  receive(url: string): Promise<string>;
  /** How many messages are in it, those that were received and not deleted included. */
  count(url: string): Promise<number>;
  close(): void;
}

export function queuesOf(world: ServiceWorld): Queues {
  const sqs = new SQSClient(world.clientSettings);
  const urlOf = (name: string): string =>
    `https://sqs.us-east-1.amazonaws.com/123456789012/${name}`;
  return {
    urlOf,
    create: async (name) => {
      await sqs.send(new CreateQueueCommand({ QueueName: name }));
      return urlOf(name);
    },
    receive: (QueueUrl) =>
      eventually(`a message in ${QueueUrl}`, async () => {
        const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
        const message = Messages?.[0];
        if (message === undefined) return undefined;
        const { ReceiptHandle } = message;
        await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
        return message.Body ?? "";
      }),
    count: async (QueueUrl) => {
      const AttributeNames = [
        "ApproximateNumberOfMessages",
        "ApproximateNumberOfMessagesNotVisible",
      ] as const;
      const { Attributes } = await sqs.send(
        new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [...AttributeNames] }),
      );
      return AttributeNames.reduce((sum, name) => sum + Number(Attributes?.[name]), 0);
    },
    close: () => sqs.destroy(),
  };
}
