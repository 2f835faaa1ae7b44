import { describe, expect, it } from "vitest";
import {
  childName,
  collectionId,
  isChildOfMapRun,
  mapRunOfRecord,
  mapRunUuid,
  parseChildName,
  parseMapRunUuid,
} from "./map-run-names.ts";

const RANDOM = "0f1e2d3c-4b5a-4978-8695-a4b3c2d1e0f9";

describe("names of Map Runs", () => {
  it.each([
    { executionId: 1, startedEventId: 4 },
    { executionId: 2 ** 32 - 1, startedEventId: 2 ** 20 - 1 },
    { executionId: 123_456_789, startedEventId: 24_999 },
  ])("say which run they are of: %j", (key) => {
    const uuid = mapRunUuid(key, RANDOM);
    expect(uuid).toMatch(/^[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-8[\da-f]{3}-[\da-f]{12}$/);
    expect(parseMapRunUuid(uuid)).toEqual(key);
    expect(parseChildName(uuid)).toBeUndefined();
    for (const index of [0, 1, 2 ** 20]) {
      const name = childName(uuid, index);
      expect(parseChildName(name)).toEqual({ ...key, index });
      expect(parseMapRunUuid(name)).toBeUndefined();
    }
    const machineId = collectionId(key);
    expect(Number.isSafeInteger(machineId)).toBe(true);
    expect(isChildOfMapRun({ machineId })).toBe(true);
    expect(mapRunOfRecord({ machineId })).toEqual(key);
  });

  it("are no other UUIDs", () => {
    expect(parseMapRunUuid(RANDOM)).toBeUndefined();
    expect(parseChildName("n")).toBeUndefined();
    expect(isChildOfMapRun({ machineId: 2 ** 40 })).toBe(false);
  });
});
