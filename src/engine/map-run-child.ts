/** A child execution of a Map Run, as the engine names it before and after it exists. */
import type { MapRunRef } from "../interpreter/command.ts";
import type { ExecutionInfo } from "../interpreter/execution.ts";
import { labelledMachineArn, mapRunArn } from "../interpreter/map-run.ts";
import type { Signal } from "../interpreter/signal.ts";
import type { StateMachine } from "./catalog/state-machine.ts";
import { executionArn } from "./execution-arn.ts";
import { decodeDetails, encodeDetails } from "./execution-details.ts";
import type { ChildDetails } from "./execution-details.ts";
import { machineIdOf } from "./execution-loader.ts";
import type { MachineDirectory } from "./execution-loader.ts";
import type { LiveExecution } from "./live-execution.ts";
import { childName, collectionId } from "./map-run-names.ts";
import type { ExecutionRecord } from "./ports.ts";

/** What is known of the execution that a Map Run belongs to. */
export interface Parent {
  readonly id: number;
  readonly revisionId: number;
  /** Of the state machine whose revision it runs. */
  readonly machineId: number;
  readonly info: ExecutionInfo;
}

export interface Child {
  readonly parent: Parent;
  readonly run: MapRunRef;
  readonly index: number;
  readonly name: string;
}

export function parentOf({ id, record, execution }: LiveExecution): Parent {
  const { revisionId } = record;
  return { id, revisionId, machineId: machineIdOf(record), info: execution.info };
}

export function childOf(parent: Parent, run: MapRunRef, index: number): Child {
  return { parent, run, index, name: childName(run.uuid, index) };
}

/** ARN of a STANDARD child. */
export function arnOf({ parent, run, name }: Child): string {
  return executionArn(labelledMachineArn(parent.info, run.label), name);
}

/** Where the records of the run's children stand. */
export function collectionOf(parent: Parent, run: MapRunRef): number {
  return collectionId({ executionId: parent.id, startedEventId: run.id.startedEventId });
}

/** The details of a child's record at its start. */
export function detailsOf({ parent, run }: Child, items: number): ChildDetails {
  return {
    machineId: parent.machineId,
    pointer: run.pointer,
    label: run.label,
    run: run.uuid,
    frame: run.id.frame,
    items,
    ...(run.redriveCount === 0 ? {} : { attempt: run.redriveCount }),
    ...(run.executionType === "EXPRESS" ? { type: "EXPRESS" } : {}),
  };
}

/** Details of a child's record as text; it has its parent's test case. */
export function encodeChildDetails({ info: { testCase } }: Parent, child: ChildDetails): string {
  const none = { versionArn: undefined, aliasArn: undefined, traceHeader: undefined };
  return encodeDetails({ ...none, child, testCase });
}

/** In which attempt of its run the child was started, or redriven last: the run's redrive count. */
export function attemptOf(record: Pick<ExecutionRecord, "details">): number {
  return decodeDetails(record.details).child?.attempt ?? 0;
}

/** Throws if the state machine is gone, which no parent outlives. */
export function machineOf(directory: MachineDirectory, { machineId }: Parent): StateMachine {
  const machine = directory.machines.findById(machineId);
  if (machine === undefined) throw new Error(`state machine ${machineId} is not in the catalog`);
  return machine;
}

/** Ends a child whose run is over or fails. The cause is recorded from AWS. */
export function stopSignal({ parent, run }: Pick<Child, "parent" | "run">): Signal {
  const arn = mapRunArn(parent.info, run);
  const cause = `The map run execution [${arn}] which was managing this resource was aborted`;
  return { type: "StopRequested", error: undefined, cause };
}
