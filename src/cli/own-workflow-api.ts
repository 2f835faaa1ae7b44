/** The API of this process for its own tasks. */
import type { Api } from "../api/api.ts";
import { ApiError } from "../api/errors.ts";
import type { Engine } from "../engine/engine.ts";
import { StoreUnavailable } from "../engine/ports.ts";
import {
  type ApiBody,
  type EndedWorkflow,
  type WorkflowApi,
  type WorkflowRequest,
  WorkflowRefusal,
} from "../tasks/workflows/workflow-api.ts";

interface Parts {
  readonly api: Api;
  readonly engine: Pick<Engine, "ended">;
}

/**
 * Tasks are made before the engine that needs them, and recovery starts some before the API is
 * there: calls wait until `connect`.
 */
export class OwnWorkflowApi implements WorkflowApi {
  readonly #parts: Promise<Parts>;
  #connect!: (parts: Parts) => void;

  constructor() {
    this.#parts = new Promise((resolve) => {
      this.#connect = resolve;
    });
  }

  /** Called once, when everything is open. */
  connect(parts: Parts): void {
    this.#connect(parts);
  }

  async call(operation: string, input: ApiBody, request: WorkflowRequest): Promise<ApiBody> {
    const { api } = await this.#parts;
    try {
      return await api.call(operation, input, { ...request, traceHeader: undefined });
    } catch (error) {
      throw asRefusal(error);
    }
  }

  async ended(executionArn: string, signal: AbortSignal): Promise<EndedWorkflow | undefined> {
    const { engine } = await this.#parts;
    try {
      return await engine.ended(executionArn, signal);
    } catch (error) {
      throw asRefusal(error);
    }
  }
}

function asRefusal(error: unknown): unknown {
  if (error instanceof ApiError) {
    return new WorkflowRefusal(error.name, error.message, error.status);
  }
  if (error instanceof StoreUnavailable) {
    return new WorkflowRefusal("ServiceUnavailable", error.message, 503);
  }
  return error;
}
