/** A row of the tables of AWS SDK actions: what a Task state says and what must reach the service. */
import type { CannedAnswer } from "./request-recorder.ts";

export interface SdkAction {
  /** As in `arn:aws:states:::aws-sdk:SERVICE:ACTION`. */
  readonly service: string;
  readonly action: string;
  /** As Step Functions has them: members begin with a capital at every depth. */
  readonly parameters: object;
  /** The same for the AWS CLI, where its names differ by more than the first letter. */
  readonly reference?: object;
  /** What the service answers, and the task's output then. */
  readonly answer?: CannedAnswer;
  readonly output?: object;
}

/** The AWS CLI's names of services, where Step Functions has others. */
const CLI_NAMES: Readonly<Record<string, string>> = {
  applicationautoscaling: "application-autoscaling",
  bedrockruntime: "bedrock-runtime",
  cloudwatchlogs: "logs",
  cognitoidentityprovider: "cognito-idp",
  emrserverless: "emr-serverless",
  eventbridge: "events",
};

export function cliName(service: string): string {
  return CLI_NAMES[service] ?? service;
}

export const idOf = ({ service, action }: SdkAction): string => `${service}:${action}`;

/** An answer in AWS JSON; REST services take it too. */
export function json(body: object): CannedAnswer {
  return {
    headers: { "content-type": "application/x-amz-json-1.1", "x-amzn-requestid": "request-1" },
    body: JSON.stringify(body),
  };
}

export function xml(body: string, headers: Readonly<Record<string, string>> = {}): CannedAnswer {
  return { headers: { "content-type": "text/xml", ...headers }, body };
}

export const base64 = (text: string): string => Buffer.from(text).toString("base64");

/** 2026-01-02T03:04:05Z in seconds, as JSON protocols write time stamps. */
export const SECONDS = Date.UTC(2026, 0, 2, 3, 4, 5) / 1000;
