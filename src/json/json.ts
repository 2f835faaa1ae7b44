/**
 * JSON values as Stepwell keeps them. Values are immutable: nobody changes one after it was made,
 * so parts of them are shared freely and compared by identity first.
 */
import type { JsonNumber } from "./number.ts";

export type Json = null | boolean | number | JsonNumber | string | JsonArray | JsonObject;

export type JsonArray = readonly Json[];

export interface JsonObject {
  readonly [key: string]: Json;
}
