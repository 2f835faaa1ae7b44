/** All that is known about failures, the most special first. */
import type { Explanation } from "../explanation.ts";
import type { FailureSite } from "../failure-site.ts";
import {
  permission,
  serviceError,
  serviceUnavailable,
  serviceUnreachable,
  unusableParameters,
} from "./aws-service.ts";
import { choicePathMissing, noChoiceMatched } from "./choice.ts";
import { failState } from "./fail-state.ts";
import { httpConnection, httpRefused, httpSocket, httpStatus } from "./http-task.ts";
import { intrinsicFunction } from "./intrinsic.ts";
import { notAnArray } from "./items.ts";
import { jsonataExpression, jsonataValue } from "./jsonata.ts";
import { functionError, functionNotFound, functionTimeout, lambdaService } from "./lambda.ts";
import { dataLimit, historyLimit } from "./limits.ts";
import { itemReader, resultWriter, toleranceExceeded } from "./map-run.ts";
import { nestedFailed, nestedRefused } from "./nested-execution.ts";
import { anyFailure, taskFailed } from "./other-failure.ts";
import {
  amountValue,
  failTextValue,
  resultPath,
  stagePath,
  templatePath,
  waitValue,
} from "./paths.ts";
import type { Recognizer } from "./recognizer.ts";
import { taskTimeout } from "./task-timeout.ts";

const RECOGNIZERS: readonly Recognizer[] = [
  historyLimit,
  noChoiceMatched,
  choicePathMissing,
  templatePath,
  stagePath,
  resultPath,
  notAnArray,
  waitValue,
  amountValue,
  failTextValue,
  intrinsicFunction,
  jsonataExpression,
  dataLimit,
  jsonataValue,
  (site) => failState(site, explainFailure),
  taskTimeout,
  nestedFailed,
  nestedRefused,
  functionNotFound,
  functionTimeout,
  functionError,
  httpStatus,
  httpSocket,
  httpRefused,
  httpConnection,
  unusableParameters,
  serviceUnavailable,
  toleranceExceeded,
  itemReader,
  resultWriter,
  serviceError,
  serviceUnreachable,
  lambdaService,
  permission,
  taskFailed,
];

/** Why the state at the site failed. */
export function explainFailure(site: FailureSite): Explanation {
  for (const recognize of RECOGNIZERS) {
    const explanation = recognize(site);
    if (explanation !== undefined) return explanation;
  }
  return anyFailure(site);
}
