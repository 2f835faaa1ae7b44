/** Paging tokens: opaque, tamper-proof, bound to the request they continue, valid for 24 hours. */
import { createHmac, timingSafeEqual } from "node:crypto";
import type { Clock } from "../engine/ports.ts";
import { errors } from "./errors.ts";

const LIFETIME_MS = 24 * 60 * 60 * 1_000;
const DEFAULT_PAGE = 100;

/** Where a page starts: numbers whose meaning only the operation knows. */
export type Cursor = readonly number[];

/** What a token belongs to: the operation and all parameters that must stay the same. */
export type PageRequest = readonly (string | number | boolean | undefined)[];

export class Paging {
  readonly #secret: Uint8Array;
  readonly #clock: Pick<Clock, "now">;

  constructor(secret: Uint8Array, clock: Pick<Clock, "now">) {
    this.#secret = secret;
    this.#clock = clock;
  }

  /** A token that continues `request` at `cursor`. */
  issue(request: PageRequest, cursor: Cursor): string {
    const payload = [this.#clock.now() + LIFETIME_MS, ...cursor].join(".");
    return Buffer.from(`${payload}/${this.#sign(request, payload)}`).toString("base64url");
  }

  /** The cursor of a token; throws InvalidToken if it is forged, expired or of another request. */
  read(request: PageRequest, token: string): Cursor {
    const [payload, signature, ...rest] = Buffer.from(token, "base64url")
      .toString("latin1")
      .split("/");
    if (payload === undefined || signature === undefined || rest.length > 0)
      throw errors.invalidToken();
    const given = Buffer.from(signature, "latin1");
    const expected = Buffer.from(this.#sign(request, payload), "latin1");
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
      throw errors.invalidToken();
    }
    const [expires, ...cursor] = payload.split(".").map(Number);
    if (expires === undefined || expires < this.#clock.now()) throw errors.invalidToken();
    return cursor;
  }

  #sign(request: PageRequest, payload: string): string {
    const text = JSON.stringify([...request.map((part) => part ?? null), payload]);
    return createHmac("sha256", this.#secret).update(text).digest("base64url");
  }
}

/** Items of a page: `maxResults` of the request, where 0 and absent mean 100. */
export function pageLength(maxResults: number | undefined): number {
  return maxResults === undefined || maxResults === 0 ? DEFAULT_PAGE : maxResults;
}
