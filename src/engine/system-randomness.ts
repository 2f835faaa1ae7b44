/** Real randomness. */
import { randomBytes, randomUUID } from "node:crypto";
import type { Randomness } from "./ports.ts";

export const systemRandomness: Randomness = {
  number: () => Math.random(),
  uuid: () => randomUUID(),
  bytes: (length) => randomBytes(length),
};
