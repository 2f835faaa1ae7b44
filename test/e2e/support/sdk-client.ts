/** The AWS SDK for JavaScript against a server. */
import {
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  SFNClient,
} from "@aws-sdk/client-sfn";
import type { DescribeExecutionCommandOutput, HistoryEvent } from "@aws-sdk/client-sfn";
import { eventually } from "./eventually.ts";

export const roleArn = "arn:aws:iam::123456789012:role/test";

export function sdkClient(endpoint: string, maxAttempts = 1): SFNClient {
  return new SFNClient({
    endpoint,
    region: "us-east-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
    disableHostPrefix: true,
    maxAttempts,
  });
}

/** Waits for the end of an execution. */
export function ended(
  client: SFNClient,
  executionArn: string,
  seconds = 60,
): Promise<DescribeExecutionCommandOutput> {
  return eventually(
    `end of ${executionArn}`,
    async () => {
      const description = await client.send(new DescribeExecutionCommand({ executionArn }));
      return description.status === "RUNNING" ? undefined : description;
    },
    seconds,
  );
}

/** The whole history, page by page. */
export async function wholeHistory(
  client: SFNClient,
  executionArn: string,
): Promise<HistoryEvent[]> {
  const events: HistoryEvent[] = [];
  let nextToken: string | undefined;
  do {
    const page = await client.send(
      new GetExecutionHistoryCommand({ executionArn, maxResults: 1000, nextToken }),
    );
    events.push(...(page.events ?? []));
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return events;
}
