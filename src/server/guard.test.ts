import { describe, expect, it } from "vitest";
import { checkContentType, Guard, Headers } from "./guard.ts";

function statusOf(
  rawHeaders: string[],
  target = "/",
  allowHosts: string[] = [],
  method = "POST",
): number {
  return new Guard(allowHosts).check(new Headers(rawHeaders), method, target)?.status ?? 200;
}

describe("Host", () => {
  const allowed = [
    "localhost",
    "localhost:8083",
    "LOCALHOST:8083",
    "LocalHost",
    "127.0.0.1",
    "127.0.0.1:1",
    "127.0.0.1:65535",
    "[::1]",
    "[::1]:8083",
    "sync-localhost:8083",
    "sync-127.0.0.1:8083",
    "stepwell.localhost",
    "a.b-c.localhost:8083",
    "stepwell:8083",
    "STEPWELL",
    "sync-stepwell:8083",
  ];
  it.each(allowed)("%s may pass", (host) => {
    expect(statusOf(["Host", host], "/", ["Stepwell"])).toBe(200);
  });

  const refused = [
    "",
    " ",
    "evil.example",
    "evil.example:8083",
    "localhost.evil.example",
    "127.0.0.1.evil.example",
    "evil-localhost",
    "localhost.",
    "localhost.:8083",
    "stepwell.",
    "127.0.0.1.",
    "127.1",
    "127.0.1",
    "127.0.0.2",
    "2130706433",
    "0x7f000001",
    "0177.0.0.1",
    "0.0.0.0",
    "[::]",
    "[::ffff:127.0.0.1]",
    "[0:0:0:0:0:0:0:1]",
    "::1",
    "[::1",
    "localhost:",
    "localhost:80:80",
    "localhost:123456",
    "localhost:http",
    "user@localhost",
    "localhost@evil.example",
    "localhost/",
    "localhost#",
    "localhost,evil.example",
    "localhost evil.example",
    "local\u0000host",
    ".localhost",
    "-.localhost",
    "evil.example.localhost.",
    "sync-evil.example",
    "sync-sync-localhost",
    "http://localhost",
    "ｌocalhost",
    "xn--localhost",
  ];
  it.each(refused)("%s is refused", (host) => {
    expect(statusOf(["Host", host], "/", ["stepwell"])).toBe(403);
  });

  it("must be there, once", () => {
    expect(statusOf([])).toBe(403);
    expect(statusOf(["Host", "localhost", "host", "localhost"])).toBe(400);
  });
});

describe("a link on a foreign page", () => {
  const link = (mode: string, dest: string): string[] => [
    ...["Host", "localhost:8083", "Sec-Fetch-Site", "cross-site"],
    ...["Sec-Fetch-Mode", mode, "Sec-Fetch-Dest", dest],
  ];

  it("may be followed to a page", () => {
    expect(statusOf(link("navigate", "document"), "/executions/x", [], "GET")).toBe(200);
  });

  it.each([
    ["a form that is sent", "navigate", "document", "/", "POST"],
    ["a frame", "navigate", "iframe", "/", "GET"],
    ["an image", "no-cors", "image", "/", "GET"],
    ["a script's request", "cors", "empty", "/", "GET"],
    ["what is no page", "navigate", "document", "/api/execution-counts", "GET"],
  ])("is not %s", (_what, mode, dest, target, method) => {
    expect(statusOf(link(mode, dest), target, [], method)).toBe(403);
  });
});

describe("what a foreign page sends", () => {
  const host = ["Host", "localhost:8083"];

  it.each([
    ["Origin", "https://evil.example"],
    ["Origin", "null"],
    ["Origin", "http://localhost:9999"],
    ["Origin", "http://localhost:8083.evil.example"],
    ["Sec-Fetch-Site", "cross-site"],
    ["Sec-Fetch-Site", "same-site"],
  ])("%s: %s is refused", (name, value) => {
    expect(statusOf([...host, name, value])).toBe(403);
  });

  it.each([
    ["Origin", "http://localhost:8083"],
    ["Sec-Fetch-Site", "same-origin"],
    ["Sec-Fetch-Site", "none"],
  ])("%s: %s may pass", (name, value) => {
    expect(statusOf([...host, name, value])).toBe(200);
  });
});

describe("the request's head", () => {
  const host = ["Host", "localhost"];

  it("has a path for target", () => {
    expect(statusOf(host, "http://localhost/")).toBe(400);
    expect(statusOf(host, "*")).toBe(400);
    expect(statusOf(host, "localhost:443")).toBe(400);
  });

  it("has no header twice that decides something", () => {
    for (const name of ["X-Amz-Target", "Content-Type", "Authorization", "Origin"]) {
      expect(statusOf([...host, name, "a", name.toLowerCase(), "b"])).toBe(400);
    }
    expect(statusOf([...host, "Accept", "a", "Accept", "b"])).toBe(200);
  });

  it("has no content encoding", () => {
    expect(statusOf([...host, "Content-Encoding", "gzip"])).toBe(415);
    expect(statusOf([...host, "Content-Encoding", "identity"])).toBe(200);
  });
});

describe("checkContentType", () => {
  it.each([
    "application/x-amz-json-1.0",
    "application/x-amz-json-1.1",
    "Application/X-Amz-Json-1.0; charset=UTF-8",
  ])("takes %s", (type) => {
    expect(checkContentType(type)).toBeUndefined();
  });

  it.each([
    undefined,
    "",
    "text/plain",
    "application/json",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "text/plain; a=application/x-amz-json-1.0",
    "application/x-amz-json-1.0, text/plain",
    "application/x-amz-json-1.2",
  ])("refuses %s", (type) => {
    expect(checkContentType(type)?.status).toBe(415);
  });
});
