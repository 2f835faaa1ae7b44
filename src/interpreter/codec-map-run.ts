/** How events of Map Runs stand in a journal row; see `codec.ts`, which has the rules. */
import type { JsonArray, JsonObject } from "../json/json.ts";
import {
  itemsSlot,
  optional,
  payload,
  readItems,
  slot,
  text,
  type EncodedEvent,
} from "./codec-slots.ts";
import type { Event, ReaderFields } from "./event.ts";
import type { MapRunEvent } from "./evolve-map-run.ts";
import type { Execution, Failure } from "./execution.ts";
import type { BatchBounds, ChildStatus, MapRunSettings, WrittenResults } from "./map-run.ts";
import { frameOf } from "./numbering.ts";

export function encodeMapRunEvent(event: MapRunEvent, execution: Execution): string {
  const { frame } = event;
  switch (event.kind) {
    case "DistributedMapStarted": {
      const stateInput = frameOf(execution, frame).input;
      const input = slot(event.input, stateInput, undefined);
      return `[40,${frame},${input},${itemsSlot(event.items, event.input)}]`;
    }
    case "MapRunStarted":
      return encodeStart(event);
    case "ChildStarted":
      return `[42,${frame},${event.items}]`;
    case "ChildEnded": {
      const { index, status, output, characters } = event;
      const given = output === undefined ? 0 : slot(output, undefined, undefined);
      return `[43,${frame},${index},"${status}",${given},${characters}]`;
    }
    case "MapRunUpdated":
      return `[44,${frame},${JSON.stringify([event.settings])}]`;
    case "MapRunSucceeded":
      return `[45,${frame}]`;
    case "MapRunFailed":
      return `[46,${frame},${text(event.error)},${text(event.cause)}]`;
    case "MapRunAborted":
      return `[47,${frame}]`;
    case "ItemsCounted":
      return `[49,${frame},${event.total}]`;
    case "MapRunFailing":
      return `[50,${frame},${JSON.stringify([event.failure])}]`;
    case "ResultsWritten": {
      const { written } = event;
      if (written.type === "Failed") return `[51,${frame},0]`;
      if (written.type === "Exported") return `[51,${frame},${JSON.stringify([written.manifest])}]`;
      return `[56,${frame},${slot(written.records, undefined, undefined)}]`;
    }
    case "MapRunRedriven":
      return `[52,${frame}]`;
    case "ChildRedriven":
      return `[53,${frame},${event.index}]`;
    case "ChildNotRedrivable":
      return `[54,${frame},${event.index},"${event.status}"]`;
  }
}

function encodeStart(event: Event & { kind: "MapRunStarted" }): string {
  const { frame, uuid, label, settings, batch, reader, writer } = event;
  const how = JSON.stringify([{ ...settings, batch }]);
  const start = `${frame},${text(uuid)},${text(label)},${how}`;
  if (reader === undefined && writer === undefined) return `[41,${start}]`;
  const query = reader === undefined ? 0 : slot(reader.parameters, undefined, undefined);
  const target = writer === undefined ? 0 : slot(writer, undefined, undefined);
  return `[48,${start},${query},${reader?.maxItems ?? 0},${target}]`;
}

/** The event that `encodeMapRunEvent` wrote. */
export function decodeMapRunEvent(encoded: EncodedEvent, execution: Execution): MapRunEvent {
  const [code, first, second, third, fourth, fifth] = encoded;
  const frame = first as number;
  switch (code) {
    case 40: {
      const input = payload(second, frameOf(execution, frame).input, undefined);
      return { kind: "DistributedMapStarted", frame, input, items: readItems(third, input) };
    }
    case 41:
    case 48:
      return decodeStart(encoded);
    case 42:
      return { kind: "ChildStarted", frame, items: second as number };
    case 43:
      return {
        kind: "ChildEnded",
        frame,
        index: second as number,
        status: third as ChildStatus,
        output: fourth === 0 ? undefined : payload(fourth, undefined, undefined),
        characters: fifth as number,
      };
    case 44: {
      const [settings] = second as readonly [object];
      return { kind: "MapRunUpdated", frame, settings: readSettings(settings) };
    }
    case 45:
      return { kind: "MapRunSucceeded", frame };
    case 46:
      return { kind: "MapRunFailed", frame, error: optional(second), cause: optional(third) };
    case 47:
      return { kind: "MapRunAborted", frame };
    case 49:
      return { kind: "ItemsCounted", frame, total: second as number };
    case 50: {
      const [failure] = second as unknown as readonly [Partial<Failure>];
      return { kind: "MapRunFailing", frame, failure: readFailure(failure) };
    }
    case 51: {
      if (second === 0) return { kind: "ResultsWritten", frame, written: { type: "Failed" } };
      const [manifest] = second as unknown as readonly [{ bucket: string; key: string }];
      return { kind: "ResultsWritten", frame, written: { type: "Exported", manifest } };
    }
    case 52:
      return { kind: "MapRunRedriven", frame };
    case 53:
      return { kind: "ChildRedriven", frame, index: second as number };
    case 54:
      return {
        kind: "ChildNotRedrivable",
        frame,
        index: second as number,
        status: third as Exclude<ChildStatus, "SUCCEEDED">,
      };
    case 56: {
      const records = payload(second, undefined, undefined) as JsonArray;
      const written: WrittenResults = { type: "Gathered", records };
      return { kind: "ResultsWritten", frame, written };
    }
    default:
      throw new Error(`the journal holds an event of unknown code ${code}`);
  }
}

function decodeStart([code, ...fields]: EncodedEvent): Event & { kind: "MapRunStarted" } {
  const [frame, uuid, label, how, parameters, maxItems, writer] = fields;
  const { batch, ...settings } = (how as readonly [object])[0] as Partial<MapRunSettings> & {
    batch?: Partial<BatchBounds>;
  };
  const reader: ReaderFields | undefined =
    code === 41 || parameters === 0
      ? undefined
      : {
          parameters: payload(parameters, undefined, undefined) as JsonObject,
          maxItems: maxItems === 0 ? undefined : (maxItems as number),
        };
  return {
    kind: "MapRunStarted",
    frame: frame as number,
    uuid: uuid as string,
    label: label as string,
    settings: readSettings(settings),
    batch: batch === undefined ? undefined : { items: batch.items, bytes: batch.bytes },
    reader,
    writer:
      code === 41 || writer === 0
        ? undefined
        : (payload(writer, undefined, undefined) as JsonObject),
  };
}

/** JSON leaves undefined members out. */
function readSettings(settings: Partial<MapRunSettings>): MapRunSettings {
  return {
    maxConcurrency: settings.maxConcurrency ?? 0,
    toleratedFailureCount: settings.toleratedFailureCount,
    toleratedFailurePercentage: settings.toleratedFailurePercentage,
  };
}

function readFailure({ error, cause, evaluation }: Partial<Failure>): Failure {
  if (evaluation === undefined) return { error, cause };
  const { location, inExpression } = evaluation;
  return { error, cause, evaluation: { location, inExpression } };
}
