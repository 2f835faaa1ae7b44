/** The server's log: JSON lines on standard error, or short readable lines on a terminal. */
import pino, { type DestinationStream, type Logger } from "pino";
import type { LogLevel } from "./server-options.ts";

/** Members of a log line that are shown elsewhere or say nothing to a person. */
const HIDDEN = new Set(["level", "time", "msg", "pid", "hostname"]);
const LEVEL_NAMES: Readonly<Record<number, string>> = {
  10: "trace",
  20: "debug",
  30: "info",
  40: "warn",
  50: "error",
  60: "fatal",
};
/** A member's text is cut here on a terminal. */
const MAX_MEMBER_LENGTH = 500;

/** A logger that writes to standard error: readable lines for a terminal, JSON for everything else. */
export function createLogger(level: LogLevel): Logger {
  if (!process.stderr.isTTY)
    return pino({ level, base: null }, pino.destination({ fd: 2, sync: true }));
  return createReadableLogger(level, (text) => void process.stderr.write(text));
}

/** A logger for people: hands over one readable line at a time, with its line break. */
export function createReadableLogger(level: LogLevel, write: (text: string) => void): Logger {
  const destination: DestinationStream = { write: (line) => write(readable(line)) };
  return pino({ level, base: null }, destination);
}

/** One JSON log line as `12:00:01 info  message member=value`. */
export function readable(line: string): string {
  const entry = JSON.parse(line) as Record<string, unknown>;
  const time = new Date(Number(entry["time"])).toISOString().slice(11, 19);
  const level = (LEVEL_NAMES[Number(entry["level"])] ?? "info").padEnd(5);
  const members = Object.entries(entry)
    .filter(([name]) => !HIDDEN.has(name) && !(name === "requestId" && "function" in entry))
    .map(([name, value]) => `${name}=${memberText(value)}`);
  return `${[time, level, memberText(entry["msg"] ?? ""), ...members].join(" ")}\n`;
}

function memberText(value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(errorMessage(value));
  return text.length > MAX_MEMBER_LENGTH ? `${text.slice(0, MAX_MEMBER_LENGTH)}…` : text;
}

/** Of a logged error its message: a stack trace says nothing to the user of a terminal. */
function errorMessage(value: unknown): unknown {
  if (typeof value !== "object" || value === null || !("message" in value)) return value;
  return value.message;
}
