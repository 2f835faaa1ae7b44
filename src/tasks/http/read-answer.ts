/** The result of an HTTP task, or its failure, from the answer. */
import type { Json, JsonObject } from "../../json/json.ts";
import { objectOf } from "../../json/kind.ts";
import { parseJson } from "../../json/parse.ts";
import { TaskFailure } from "../task-failure.ts";
import type { HttpAnswer } from "./http-client.ts";

/** Developer Guide, "Unsupported HTTP Task responses". */
const UNSUPPORTED = /^(?:application\/octet-stream|(?:image|video|audio)\/.*)$/;
const JSON_TYPE = /^[^/]+\/(?:.+\+)?json$/;

/** @throws TaskFailure for any status but 2xx, and for an answer that is no text. */
export function readAnswer(answer: HttpAnswer): JsonObject {
  const { statusCode, statusText, headers } = answer;
  if (statusCode < 200 || statusCode > 299) {
    // Recorded from AWS: the cause is the reason phrase, never the body.
    throw new TaskFailure(`States.Http.StatusCode.${statusCode}`, statusText);
  }
  const type = contentType(answer);
  if (UNSUPPORTED.test(type.media)) {
    throw new TaskFailure(
      "States.Runtime",
      `Unsupported response content-type '${type.text}'. Please see documentation for list of unsupported content-types.`,
    );
  }
  const grouped = new Map<string, string[]>();
  for (const [name, value] of headers) {
    const values = grouped.get(name);
    if (values === undefined) grouped.set(name, [value]);
    else values.push(value);
  }
  const body = answer.body.length === 0 ? undefined : bodyOf(answer, type);
  return {
    Headers: objectOf(grouped),
    ...(body === undefined ? {} : { ResponseBody: body }),
    StatusCode: statusCode,
    StatusText: statusText,
  };
}

/** The body as text, where it can be read as one. */
export function answerText(answer: HttpAnswer): string | undefined {
  const { charset } = contentType(answer);
  try {
    return new TextDecoder(charset, { fatal: true }).decode(answer.body);
  } catch {
    return undefined;
  }
}

function bodyOf(answer: HttpAnswer, { media }: ContentType): Json {
  const text = answerText(answer);
  if (text === undefined) {
    throw new TaskFailure("States.Runtime", "The response body can't be read as a valid string.");
  }
  if (!JSON_TYPE.test(media)) return text;
  const parsed = parseJson(text);
  return parsed.ok ? parsed.value : text;
}

interface ContentType {
  /** As it was sent. */
  readonly text: string;
  /** In lower case, without its parameters. */
  readonly media: string;
  readonly charset: string;
}

function contentType({ headers }: HttpAnswer): ContentType {
  const text = headers.find(([name]) => name.toLowerCase() === "content-type")?.[1] ?? "";
  const media = (text.split(";")[0] ?? "").trim().toLowerCase();
  const charset = /;\s*charset="?([^";\s]+)/i.exec(text)?.[1] ?? "utf-8";
  return { text, media, charset };
}
