import { mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { findSdkPackage } from "./sdk-package.ts";

describe("the client package of a service", () => {
  let folder: string;

  beforeEach(async () => {
    folder = await realpath(await mkdtemp(path.join(tmpdir(), "stepwell-packages-")));
    vi.spyOn(process, "cwd").mockReturnValue(folder);
  });

  afterEach(async () => {
    vi.restoreAllMocks();
    await rm(folder, { recursive: true, force: true });
  });

  async function install(name: string, code: string): Promise<void> {
    const place = path.join(folder, "node_modules", "@aws-sdk", name);
    await mkdir(place, { recursive: true });
    const main = { name: `@aws-sdk/${name}`, version: "3.0.0", main: "./index.js" };
    await writeFile(path.join(place, "package.json"), JSON.stringify(main));
    await writeFile(path.join(place, "index.js"), code);
  }

  it("is found beside Stepwell's own, and not where there is none", async () => {
    expect((await findSdkPackage("secretsmanager"))?.name).toBe("@aws-sdk/client-secrets-manager");
    expect(await findSdkPackage("nosuchservice")).toBeUndefined();
    expect(await findSdkPackage("")).toBeUndefined();
    expect(await findSdkPackage("constructor")).toBeUndefined();
  });

  it("may be installed later in the folder where the server was started", async () => {
    expect(await findSdkPackage("madeup")).toBeUndefined();
    await install(
      "client-made-up-service",
      `exports.DoIt$ = [9, "ns", "DoIt", 0, () => exports.In$, () => exports.In$];
       exports.In$ = [3, "ns", "In", 0, ["a", "b"], [[0, 4], [1, { httpHeader: "x-b" }]], 1];
       exports.Oops$ = [-3, "ns", "Oops", 0, [], []];`,
    );
    const sdk = await findSdkPackage("madeup");
    expect(sdk?.name).toBe("@aws-sdk/client-made-up-service");
    expect([...(sdk?.operations.keys() ?? [])]).toEqual(["doit"]);
    expect([sdk?.hasError("Oops"), sdk?.hasError("In"), sdk?.hasError("toString")]).toEqual([
      true,
      false,
      false,
    ]);
    expect(sdk?.operations.get("doit")?.input()).toMatchObject({
      type: "structure",
      name: "In",
      requiredCount: 1,
      members: [
        { name: "a", isIdempotencyToken: true, isHttpLabel: false, httpHeader: undefined },
        { name: "b", isIdempotencyToken: false, httpHeader: "x-b" },
      ],
    });
    expect(await findSdkPackage("madeup")).toBe(sdk);
  });

  it("may be mended", async () => {
    await install("client-broken", "exports.");
    await expect(findSdkPackage("broken")).rejects.toThrow("Unexpected end of input");
    await rm(path.join(folder, "node_modules", "@aws-sdk", "client-broken"), { recursive: true });
    expect(await findSdkPackage("broken")).toBeUndefined();
  });

  it("is none if it is too old to have schemas", async () => {
    await install("client-too-old", "exports.TooOldClient = class {};");
    expect(await findSdkPackage("tooold")).toBeUndefined();
  });
});
