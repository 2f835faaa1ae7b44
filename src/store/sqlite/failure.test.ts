import { expect, it } from "vitest";
import { StoreUnavailable } from "../../engine/ports.ts";
import { BatchRefused, StoreBroken } from "../store-errors.ts";
import { errorOf, failureOf } from "./failure.ts";

const sqliteError = (code: string): Error => Object.assign(new Error("what SQLite says"), { code });

it.each([
  ["SQLITE_FULL", true, "unavailable"],
  ["SQLITE_BUSY", true, "unavailable"],
  ["SQLITE_READONLY", true, "unavailable"],
  ["SQLITE_NOMEM", true, "unavailable"],
  ["SQLITE_IOERR_FSYNC", true, "broken"],
  ["SQLITE_IOERR_WRITE", true, "broken"],
  ["SQLITE_CORRUPT", true, "broken"],
  ["SQLITE_CONSTRAINT_PRIMARYKEY", true, "refused"],
  ["SQLITE_TOOBIG", true, "refused"],
  ["SQLITE_IOERR_READ", false, "unavailable"],
  ["SQLITE_CORRUPT", false, "unavailable"],
])("%s while writing (%s) means %s", (code, writing, kind) => {
  const message = `what SQLite says (${code})`;
  expect(failureOf(sqliteError(code), writing)).toEqual({ kind, message });
});

it("takes a value that cannot be bound for a wrong batch", () => {
  expect(failureOf(new TypeError("cannot bind"), true).kind).toBe("refused");
  expect(failureOf(new StoreUnavailable("later"), true).kind).toBe("unavailable");
});

it("makes the errors of the port", () => {
  const error = (kind: "unavailable" | "broken" | "refused") => errorOf({ kind, message: "m" });
  expect(error("unavailable")).toBeInstanceOf(StoreUnavailable);
  expect(error("unavailable")).not.toBeInstanceOf(StoreBroken);
  expect(error("broken")).toBeInstanceOf(StoreBroken);
  expect(error("broken")).toBeInstanceOf(StoreUnavailable);
  expect(error("refused")).toBeInstanceOf(BatchRefused);
});
