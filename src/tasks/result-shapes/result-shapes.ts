/** Which API operation answers for a service integration, and the shape of that answer. */
import type { LazyShape, ResultShape, ResultShapes } from "../../engine/ports.ts";
import { SERVICES } from "../optimized/facts/index.ts";
import { parseShapes } from "./parse-shapes.ts";
import { sdkShape } from "./sdk-shapes.ts";
import { SERVICE_FACTS } from "./service-facts.ts";

type Pattern = Parameters<ResultShapes["find"]>[2];

/** Shapes from our own facts, else from the service's SDK client package if it is installed. */
export function createResultShapes(): ResultShapes {
  const facts = new Map<string, ReadonlyMap<string, LazyShape>>();
  const factsOf = (client: string): ReadonlyMap<string, LazyShape> | undefined => {
    const text = Object.hasOwn(SERVICE_FACTS, client) ? SERVICE_FACTS[client] : undefined;
    const known = facts.get(client);
    if (known !== undefined || text === undefined) return known;
    const parsed = parseShapes(text);
    facts.set(client, parsed);
    return parsed;
  };
  return {
    async find(service, action, pattern) {
      // What comes back with a callback is whatever the client sends.
      if (pattern === "WaitForTaskToken") return undefined;
      const found = answering(service, action, pattern);
      if (found === undefined) return undefined;
      const { client } = found;
      const operation = found.operation.charAt(0).toUpperCase() + found.operation.slice(1);
      const shape = factsOf(client)?.get(operation) ?? (await sdkShape(client, operation));
      return shape === undefined ? undefined : converted(service, pattern, shape());
    },
  };
}

interface Answering {
  /** The SDK client package's name without `client-` and hyphens. */
  readonly client: string;
  readonly operation: string;
}

const AWS_SDK = "aws-sdk:";

/** undefined: no API answers, or the integration makes something else of its answer. */
function answering(service: string, action: string, pattern: Pattern): Answering | undefined {
  const isJob = pattern === "Sync" || pattern === "Sync2";
  if (service.startsWith(AWS_SDK))
    return { client: service.slice(AWS_SDK.length), operation: action };
  if (service === "lambda") return { client: "lambda", operation: action };
  if (service === "states") {
    return { client: "sfn", operation: isJob ? "describeExecution" : action };
  }
  const facts = SERVICES.find((one) => one.service === service);
  if (facts === undefined || !Object.hasOwn(facts.actions, action)) return undefined;
  const { client = facts.client, operation = action, job } = facts.actions[action] ?? {};
  // A `.sync` task answers what the operation says with which Step Functions polls the job.
  if (isJob) return job === undefined ? undefined : { client, operation: job.poll };
  return operation === action ? { client, operation } : undefined;
}

/** Members that the optimized integration turns from JSON text into JSON. */
function converted(service: string, pattern: Pattern, shape: ResultShape): ResultShape {
  const names =
    service === "states" ? (pattern === "Sync2" ? ["Input", "Output"] : []) : PARSED[service];
  if (names === undefined || shape.type !== "structure") return shape;
  const members = new Map(shape.members);
  for (const name of names) if (members.has(name)) members.set(name, () => ({ type: "any" }));
  return { ...shape, members };
}

const PARSED: Readonly<Record<string, readonly string[]>> = {
  bedrock: ["Body"],
  lambda: ["Payload"],
};
