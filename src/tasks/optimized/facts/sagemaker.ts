/** Amazon SageMaker. Jobs are named by their parameters: a repeated creation is refused by their name. */
import { jobId, textAt } from "../members.ts";
import type { JobFacts, ServiceFacts } from "../service-facts.ts";

/** The jobs of one kind, as SageMaker names operations and members after it. */
function jobsOf(kind: string, more: readonly string[] = []): JobFacts {
  const name = `${kind}JobName`;
  return {
    id: (_, parameters) => jobId({ [name]: textAt(parameters, name) }),
    poll: `describe${kind}Job`,
    status: [`${kind}JobStatus`],
    running: ["InProgress", "Stopping", ...more],
    succeeded: ["Completed"],
    failed: ["Failed", "Stopped"],
    stop: { operation: `stop${kind}Job`, request: (id) => id },
  };
}

const TUNING: JobFacts = {
  ...jobsOf("HyperParameterTuning"),
  failed: ["Failed", "Stopped", "Deleting", "DeleteFailed"],
};

const TRAINING: JobFacts = {
  ...jobsOf("Training"),
  failed: ["Failed", "Stopped", "Deleting"],
};

export const SAGEMAKER: ServiceFacts = {
  service: "sagemaker",
  client: "sagemaker",
  errorPrefix: "SageMaker",
  serviceName: "AmazonSageMaker",
  exceptions: ["Conflict", "ResourceInUse", "ResourceLimitExceeded", "ResourceNotFound"],
  actions: {
    createEndpoint: {},
    createEndpointConfig: {},
    createModel: {},
    updateEndpoint: {},
    createTrainingJob: { job: TRAINING },
    createTransformJob: { job: jobsOf("Transform") },
    createProcessingJob: { job: jobsOf("Processing") },
    createLabelingJob: { job: jobsOf("Labeling", ["Initializing"]) },
    createHyperParameterTuningJob: { job: TUNING },
  },
};
