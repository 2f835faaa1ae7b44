/** The integrations with AWS services that have words of their own in the states language. */
import { patternsOf } from "../../asl/integrations.ts";
import type { AwsCaller } from "../aws/aws-caller.ts";
import type { RequestSigner } from "../aws/request-signer.ts";
import type { HttpClient } from "../http/http-client.ts";
import type { ServiceIntegration, TaskAction } from "../service-integration.ts";
import { apiGatewayIntegration } from "./api-gateway/api-gateway-integration.ts";
import { SERVICES } from "./facts/index.ts";
import { Gate } from "./gate.ts";
import { JobPauses, type JobPausesOptions } from "./job-pauses.ts";
import { eksActions } from "./kubernetes/eks-actions.ts";
import type { ServiceFacts } from "./service-facts.ts";
import { ServiceTask, type ServiceTaskParts } from "./service-task.ts";

export interface OptimizedIntegrationsOptions extends JobPausesOptions {
  /** Its owner closes it; the signer, too. */
  readonly caller: AwsCaller;
  readonly signer: RequestSigner;
  /** A guarded client for the hosts of APIs and clusters, which trusts this certificate (PEM) alone. */
  readonly clientFor: (ca?: string) => HttpClient;
}

/**
 * Looks at jobs, and stops of jobs, that are under way at a time: of each service its own, so that one
 * that does not answer holds up nobody else.
 */
const MAX_LOOKS = 64;
const MAX_STOPS = 64;

export function optimizedIntegrations(options: OptimizedIntegrationsOptions): ServiceIntegration[] {
  const { caller, signer, clientFor } = options;
  const pauses = new JobPauses(options);
  const gates = (): Pick<ServiceTaskParts, "looks" | "stops"> => ({
    looks: new Gate(MAX_LOOKS),
    stops: new Gate(MAX_STOPS),
  });
  const ofClusters = eksActions({ clientFor, signer, pauses, ...gates() });
  const close = (): Promise<void> => {
    pauses.close();
    return Promise.resolve();
  };
  const services = SERVICES.map((facts) => {
    const more = facts.service === "eks" ? ofClusters : {};
    const parts: ServiceTaskParts = { caller, pauses, ...gates() };
    return integrationOf(facts.service, { ...actionsOf(facts, parts), ...more }, close);
  });
  return [...services, apiGatewayIntegration({ client: clientFor(), signer })];
}

function actionsOf(
  facts: ServiceFacts,
  parts: ServiceTaskParts,
): Readonly<Record<string, TaskAction>> {
  return Object.fromEntries(
    Object.keys(facts.actions).map((action): [string, TaskAction] => [
      action,
      (call, progress) => new ServiceTask(parts, facts, action, call, progress).run(),
    ]),
  );
}

function integrationOf(
  service: string,
  actions: Readonly<Record<string, TaskAction>>,
  close: () => Promise<void>,
): ServiceIntegration {
  const entries = Object.entries(actions).map(
    ([action, run]) => [action, { patterns: patternsOf(service, action), run }] as const,
  );
  return { service, actions: new Map(entries), close };
}
