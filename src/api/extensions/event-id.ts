import { integer } from "../shapes.ts";

/** Id of an event in a history. */
export const eventId = integer(1, 2 ** 31 - 1);
