/** The integrations with AWS services that have words of their own in the states language. */
import { patternsOf } from "../../asl/integrations.ts";
import type { AwsCaller } from "../aws/aws-caller.ts";
import type { ServiceIntegration } from "../service-integration.ts";
import { SERVICES } from "./facts/index.ts";
import { Gate } from "./gate.ts";
import { JobPauses, type JobPausesOptions } from "./job-pauses.ts";
import type { ServiceFacts } from "./service-facts.ts";
import { ServiceTask, type ServiceTaskParts } from "./service-task.ts";

export interface OptimizedIntegrationsOptions extends JobPausesOptions {
  /** Its owner closes it. */
  readonly caller: AwsCaller;
}

/** Looks at jobs that are under way at a time, over all services. */
const MAX_LOOKS = 64;

export function optimizedIntegrations(options: OptimizedIntegrationsOptions): ServiceIntegration[] {
  const parts: ServiceTaskParts = {
    caller: options.caller,
    pauses: new JobPauses(options),
    looks: new Gate(MAX_LOOKS),
  };
  return SERVICES.map((facts) => integrationOf(facts, parts));
}

function integrationOf(facts: ServiceFacts, parts: ServiceTaskParts): ServiceIntegration {
  const actions = Object.keys(facts.actions).map((action) => {
    const integration: NonNullable<ReturnType<ServiceIntegration["actions"]["get"]>> = {
      patterns: patternsOf(facts.service, action),
      run: (call, progress) => new ServiceTask(parts, facts, action, call, progress).run(),
    };
    return [action, integration] as const;
  });
  const close = (): Promise<void> => {
    parts.pauses.close();
    return Promise.resolve();
  };
  return { service: facts.service, actions: new Map(actions), close };
}
