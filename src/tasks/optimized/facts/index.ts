/** All optimized integrations that are carried out through an AWS client. */
import type { ServiceFacts } from "../service-facts.ts";
import { ATHENA } from "./athena.ts";
import { BATCH } from "./batch.ts";
import { BEDROCK } from "./bedrock.ts";
import { CODEBUILD } from "./codebuild.ts";
import { DATABREW } from "./databrew.ts";
import { DYNAMODB } from "./dynamodb.ts";
import { ECS } from "./ecs.ts";
import { EKS } from "./eks.ts";
import { EMR } from "./emr.ts";
import { EMR_CONTAINERS } from "./emr-containers.ts";
import { EMR_SERVERLESS } from "./emr-serverless.ts";
import { GLUE } from "./glue.ts";
import { MEDIACONVERT } from "./mediaconvert.ts";
import { EVENTS, SNS, SQS } from "./messaging.ts";
import { SAGEMAKER } from "./sagemaker.ts";

export const SERVICES: readonly ServiceFacts[] = [
  ATHENA,
  BATCH,
  BEDROCK,
  CODEBUILD,
  DATABREW,
  DYNAMODB,
  ECS,
  EKS,
  EMR,
  EMR_CONTAINERS,
  EMR_SERVERLESS,
  EVENTS,
  GLUE,
  MEDIACONVERT,
  SAGEMAKER,
  SNS,
  SQS,
];
