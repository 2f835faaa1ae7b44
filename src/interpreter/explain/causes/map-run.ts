/** Distributed Maps: too many items failed, items that cannot be read, results that cannot be written. */
import type { MapRun } from "../../map-run.ts";
import { cut, type Explanation, type Fact } from "../explanation.ts";
import type { FailureSite } from "../failure-site.ts";
import { count, shown } from "../shown-value.ts";
import { stateTitle } from "./recognizer.ts";

export function toleranceExceeded(site: FailureSite): Explanation | undefined {
  if (site.error !== "States.ExceedToleratedFailureThreshold") return undefined;
  const run = runOf(site);
  const arn = site.visit && site.past.detail(site.visit, "mapRunArn");
  const mapRunArn = typeof arn === "string" ? arn : undefined;
  const failed = run === undefined ? undefined : failedItems(run);
  const total = run === undefined ? undefined : run.totalItems;
  const howMany =
    failed === undefined ? "too many items failed" : `${failed} of ${shownTotal(total)} failed`;
  return {
    summary: `${stateTitle(site)}: ${howMany}, more than it tolerates (${toleranceText(run)}).`,
    facts: [
      ...(run === undefined ? [] : itemFacts(run)),
      { label: "Tolerated", value: toleranceText(run) },
      ...(mapRunArn === undefined ? [] : [{ label: "Map Run", value: mapRunArn }]),
    ],
    fixes: [
      `Look at why items failed: aws stepfunctions list-executions --map-run-arn ${mapRunArn ?? "ARN"} --status-filter FAILED; then explain one of them.`,
      "Catch errors inside the item processor, so that one bad item does not count as failed.",
      "Raise ToleratedFailureCount or ToleratedFailurePercentage if some failures are normal.",
    ],
  };
}

function runOf({ past, visit }: FailureSite): MapRun | undefined {
  const ids = new Set(visit?.eventIds);
  return past.execution.mapRuns.findLast(({ id }) => ids.has(id.startedEventId));
}

function failedItems({ ended }: MapRun): number {
  return ended.FAILED.items + ended.TIMED_OUT.items + ended.ABORTED.items;
}

function itemFacts(run: MapRun): Fact[] {
  const { ended } = run;
  return [
    { label: "Items", value: shownTotal(run.totalItems) },
    { label: "Succeeded", value: String(ended.SUCCEEDED.items) },
    { label: "Failed", value: String(ended.FAILED.items) },
    { label: "Timed out", value: String(ended.TIMED_OUT.items) },
    { label: "Aborted", value: String(ended.ABORTED.items) },
  ];
}

function shownTotal(total: number | undefined): string {
  return total === undefined ? "an unknown number of items" : count(total, "item");
}

function toleranceText(run: MapRun | undefined): string {
  const { toleratedFailureCount, toleratedFailurePercentage } = run?.settings ?? {};
  const texts = [
    ...(toleratedFailureCount === undefined
      ? []
      : [`ToleratedFailureCount ${toleratedFailureCount}`]),
    ...(toleratedFailurePercentage === undefined
      ? []
      : [`ToleratedFailurePercentage ${toleratedFailurePercentage}`]),
  ];
  return texts.length === 0
    ? "none, as neither ToleratedFailureCount nor -Percentage is given"
    : texts.join(", ");
}

export function itemReader(site: FailureSite): Explanation | undefined {
  if (site.error !== "States.ItemReaderFailed") return undefined;
  return {
    summary: `${stateTitle(site)}: its items could not be read: ${cut(site.reason, 400)}`,
    facts: [{ label: "Input of the state", value: shown(site.input, 400) }, ...readerFacts(site)],
    fixes: [
      "Check Bucket and Key (or Prefix) of the ItemReader, and that the object is there.",
      "Check that InputType in ReaderConfig says what the file is: JSON, JSONL, CSV, MANIFEST or PARQUET.",
      "Check the permissions and the endpoint for S3.",
    ],
  };
}

export function resultWriter(site: FailureSite): Explanation | undefined {
  if (site.error !== "States.ResultWriterFailed") return undefined;
  return {
    summary: `${stateTitle(site)}: its results could not be written: ${cut(site.reason, 400)}`,
    facts: readerFacts(site),
    fixes: [
      "Check the Bucket of the ResultWriter: it must exist and be writable.",
      "Check the permissions and the endpoint for S3.",
      "The items themselves were processed: redrive the execution when the bucket is right.",
    ],
  };
}

function readerFacts({ state }: FailureSite): Fact[] {
  if (state?.type !== "Map") return [];
  const { itemReader: reader, resultWriter: writer } = state;
  return [
    ...(reader === undefined ? [] : [{ label: "ItemReader", value: reader.resource }]),
    ...(writer?.resource === undefined ? [] : [{ label: "ResultWriter", value: writer.resource }]),
  ];
}
