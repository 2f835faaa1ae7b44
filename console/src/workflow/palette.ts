/** What can be put into a definition. */
import { optimizedActions } from "../../../src/asl/integrations.ts";
import type { StateType } from "../graph/graph-model.ts";
import { serviceName, words } from "../graph/task-caption.ts";
import { actionArguments } from "./action-arguments.ts";
import { fragmentOf, type Fragment } from "./fragment.ts";
import { PATTERNS } from "./patterns.ts";
import { newDistributedMap, newState, newTask, type QueryLanguage } from "./state-templates.ts";

export type PaletteTab = "Actions" | "Flow" | "Patterns";

export interface PaletteItem {
  readonly id: string;
  readonly tab: PaletteTab;
  /** The service of an action. */
  readonly group: string;
  readonly title: string;
  readonly description: string;
  /** Whose picture it has. */
  readonly type: StateType;
  /** Further words to find it by. */
  readonly keywords: string;
  /** The states that it stands for, in `language`. */
  readonly make: (language: QueryLanguage) => Fragment;
}

const FUNCTION_ARN = "arn:aws:lambda:us-east-1:123456789012:function:my-function";
const ACTIVITY_ARN = "arn:aws:states:us-east-1:123456789012:activity:my-activity";

/** Actions of the AWS SDK that are offered by name; any other can be typed. */
const SDK_ACTIONS: Readonly<Record<string, string>> = {
  s3: "getObject putObject listObjectsV2 copyObject deleteObject headObject",
  dynamodb: "query scan batchGetItem batchWriteItem transactWriteItems",
  secretsmanager: "getSecretValue putSecretValue",
  ssm: "getParameter getParametersByPath putParameter startAutomationExecution",
  sfn: "startExecution describeExecution listExecutions stopExecution sendTaskSuccess",
  sqs: "receiveMessage deleteMessage sendMessageBatch",
  sesv2: "sendEmail",
  cloudwatch: "putMetricData getMetricData",
  cloudwatchlogs: "putLogEvents startQuery getQueryResults",
  ec2: "describeInstances startInstances stopInstances",
  rekognition: "detectLabels detectText",
  textract: "startDocumentTextDetection getDocumentTextDetection",
  transcribe: "startTranscriptionJob getTranscriptionJob",
  translate: "translateText",
  comprehend: "detectSentiment",
  kms: "encrypt decrypt generateDataKey",
  scheduler: "createSchedule deleteSchedule",
  sts: "assumeRole getCallerIdentity",
};

interface FlowItem {
  readonly title: string;
  readonly type: Exclude<StateType, "Task">;
  readonly description: string;
  readonly keywords: string;
}

const FLOW: readonly FlowItem[] = [
  {
    title: "Choice",
    type: "Choice",
    description: "Takes one of several ways.",
    keywords: "if else switch branch condition rule",
  },
  {
    title: "Parallel",
    type: "Parallel",
    description: "Runs branches at the same time.",
    keywords: "branches concurrent fork join",
  },
  {
    title: "Map",
    type: "Map",
    description: "Does the same for each item of a list.",
    keywords: "for each loop iterate inline items",
  },
  {
    title: "Pass",
    type: "Pass",
    description: "Hands data on, or makes some.",
    keywords: "transform data constant",
  },
  {
    title: "Wait",
    type: "Wait",
    description: "Waits for a while or until a time.",
    keywords: "sleep delay pause timer",
  },
  {
    title: "Succeed",
    type: "Succeed",
    description: "Ends the execution well.",
    keywords: "success end stop done",
  },
  {
    title: "Fail",
    type: "Fail",
    description: "Ends the execution with an error.",
    keywords: "error end stop throw",
  },
];

function flowItem({ title, type, description, keywords }: FlowItem): PaletteItem {
  return {
    id: `flow:${type}`,
    tab: "Flow",
    group: "Flow",
    title,
    type,
    description,
    keywords,
    make: (language) => fragmentOf(title, newState(type, language)),
  };
}

const DISTRIBUTED_MAP: PaletteItem = {
  id: "flow:DistributedMap",
  tab: "Flow",
  group: "Flow",
  title: "Distributed Map",
  type: "Map",
  description: "Runs an execution of its own for each item, thousands at once.",
  keywords: "for each s3 csv batch large parallel",
  make: (language) => fragmentOf("Distributed Map", newDistributedMap(language)),
};

function actionItem(service: string, action: string, isSdk: boolean): PaletteItem {
  const name = serviceName(service);
  const path = isSdk ? `aws-sdk:${service}:${action}` : `${service}:${action}`;
  const title = words(action);
  return {
    id: path,
    tab: "Actions",
    group: isSdk ? `${name} (AWS SDK)` : name,
    title,
    type: "Task",
    description: path,
    keywords: `${service} ${action}`,
    make: (language) => {
      const given = actionArguments(path, language);
      const state = newTask(`arn:aws:states:::${path}`, language, given);
      return fragmentOf(`${name} ${title}`, state);
    },
  };
}

function taskItem(
  id: string,
  title: string,
  description: string,
  keywords: string,
  resource: string,
  group: string,
): PaletteItem {
  return {
    id,
    tab: "Actions",
    group,
    title,
    type: "Task",
    description,
    keywords,
    make: (language) => fragmentOf(title, newTask(resource, language, {})),
  };
}

const LAMBDA_FUNCTION = taskItem(
  "lambda-function",
  "Lambda function",
  "Calls a function by its ARN; the result is just its payload",
  "lambda invoke function arn task",
  FUNCTION_ARN,
  "Lambda",
);

const ACTIVITY = taskItem(
  "activity",
  "Activity",
  "Waits for a worker that polls for tasks",
  "activity worker poll task",
  ACTIVITY_ARN,
  "Step Functions",
);

/** Services that are used most stand first. */
const FIRST = ["lambda", "sns", "sqs", "dynamodb", "states", "events", "http", "ecs", "apigateway"];

function allActions(): PaletteItem[] {
  const optimized = optimizedActions().toSorted(
    (a, b) => rank(a.service) - rank(b.service) || a.service.localeCompare(b.service),
  );
  const items = optimized.map(({ service, action }) => actionItem(service, action, false));
  const lambda = items.findLastIndex(({ group }) => group === "Lambda");
  items.splice(lambda + 1, 0, LAMBDA_FUNCTION);
  const states = items.findLastIndex(({ group }) => group === "Step Functions");
  items.splice(states + 1, 0, ACTIVITY);
  const sdk = Object.entries(SDK_ACTIONS).flatMap(([service, actions]) =>
    actions.split(" ").map((action) => actionItem(service, action, true)),
  );
  return [...items, ...sdk];
}

function rank(service: string): number {
  const index = FIRST.indexOf(service);
  return index < 0 ? FIRST.length : index;
}

const PATTERN_ITEMS = PATTERNS.map(
  ({ id, title, description, type, keywords, make }): PaletteItem => ({
    id: `pattern:${id}`,
    tab: "Patterns",
    group: "Patterns",
    title,
    description,
    type,
    keywords,
    make,
  }),
);

export const PALETTE: readonly PaletteItem[] = [
  ...FLOW.slice(0, 3).map(flowItem),
  DISTRIBUTED_MAP,
  ...FLOW.slice(3).map(flowItem),
  ...allActions(),
  ...PATTERN_ITEMS,
];

/** An action of the AWS SDK that is typed: `aws-sdk:s3:getObject`, or `s3:getObject`. */
const TYPED_ACTION = /^(?:aws-sdk:)?([a-z0-9]+):([a-z][A-Za-z0-9]+)$/;

/** Items in which all words of `search` occur, in the palette's order. */
export function searchPalette(search: string): readonly PaletteItem[] {
  const wanted = search
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  const found = PALETTE.filter(({ title, group, keywords, description }) => {
    const text = `${title} ${group} ${keywords} ${description}`.toLowerCase();
    return wanted.every((word) => text.includes(word));
  });
  const typed = TYPED_ACTION.exec(search.trim());
  if (typed === null) return found;
  const item = actionItem(typed[1]!, typed[2]!, true);
  return found.some(({ id }) => id === item.id) ? found : [...found, item];
}

export function paletteItem(id: string): PaletteItem | undefined {
  return PALETTE.find((item) => item.id === id) ?? searchPalette(id).find((item) => item.id === id);
}
