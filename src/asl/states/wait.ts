import { parseTimestamp } from "../../data/timestamp.ts";
import type { Until, WaitState } from "../definition.ts";
import { readBase, readFlow } from "../flow.ts";
import { readInputOutput } from "../dialect.ts";
import { isMeantAsExpression } from "../jsonata-check.ts";
import { readJsonata } from "../jsonata-fields.ts";
import { readSinglePath } from "../jsonpath-fields.ts";
import { isForeign } from "../query-language.ts";
import type { StateSource } from "../source.ts";

const FORMS = ["Seconds", "SecondsPath", "Timestamp", "TimestampPath"];
/** The longest wait in seconds, about three years. */
const MAX_SECONDS = 99_999_999;
/** An Express execution ends after five minutes. */
const EXPRESS_SECONDS = 300;

/** A state that waits for a while or until a time. */
export function readWait(source: StateSource): WaitState | undefined {
  const state = { ...readBase(source), ...readInputOutput(source), ...readFlow(source) };
  const until = readUntil(source);
  if (until?.type === "Seconds" && until.seconds > EXPRESS_SECONDS) warnOfExpress(source);
  return until === undefined ? undefined : { type: "Wait", ...state, until };
}

function readUntil({ fields, language }: StateSource): Until | undefined {
  const forms = FORMS.filter((name) => !isForeign(name, language));
  if (!fields.atMostOne(...forms)) return undefined;
  const form = forms.find((name) => fields.has(name));
  if (form !== undefined && language === "JSONata" && isMeantAsExpression(fields.get(form))) {
    const payload = readJsonata(fields, fields, form);
    const type = form === "Seconds" ? "SecondsExpression" : "TimestampExpression";
    return payload === undefined ? undefined : { type, payload };
  }
  switch (form) {
    case "Seconds": {
      const seconds = fields.integer("Seconds", { min: 0, max: MAX_SECONDS });
      return seconds === undefined ? undefined : { type: "Seconds", seconds };
    }
    case "Timestamp": {
      const timestamp = fields.string("Timestamp");
      if (timestamp === undefined) return undefined;
      if (parseTimestamp(timestamp) !== undefined) return { type: "Timestamp", timestamp };
      const message = "String does not match RFC3339 timestamp";
      fields.report.schema(message, fields.at("Timestamp"));
      return undefined;
    }
    case "SecondsPath":
    case "TimestampPath": {
      const path = readSinglePath(fields, form, "allowed");
      return path === undefined ? undefined : { type: form, path };
    }
    default:
      fields.report.schema(
        `One of these fields is required: [${forms.join(", ")}]`,
        fields.location,
      );
      return undefined;
  }
}

function warnOfExpress({ fields, scope }: StateSource): void {
  if (scope.executionType !== "EXPRESS") return;
  fields.report.warning(
    "EXPRESS_TIME_LIMIT",
    `An Express execution ends after ${EXPRESS_SECONDS} seconds, before this wait is over; use a ` +
      `state machine of type STANDARD`,
    fields.at("Seconds"),
  );
}
