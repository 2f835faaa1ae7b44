import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Json } from "../../../json/json.ts";
import { createRequestSigner, type RequestSigner } from "../../aws/request-signer.ts";
import { createHttpClient } from "../../http/http-client.ts";
import { PUBLIC_ONLY } from "../../http/http-access.ts";
import {
  headerOf,
  type RecordingServer,
  recordingServer,
} from "../../http/testing/recording-server.ts";
import { FakeServices, workbench } from "../testing/fake-services.ts";
import { authorizationOf, expectedSignature } from "../testing/verify-signature.ts";

let server: RecordingServer;
let signer: RequestSigner;

beforeEach(async () => {
  process.env["AWS_ACCESS_KEY_ID"] = "AKID";
  process.env["AWS_SECRET_ACCESS_KEY"] = "secret";
  server = await recordingServer();
  signer = createRequestSigner({ region: "us-east-1", environment: process.env });
});

afterEach(async () => {
  delete process.env["AWS_ACCESS_KEY_ID"];
  delete process.env["AWS_SECRET_ACCESS_KEY"];
  signer.close();
  await server.close();
});

function invoke(parameters: Json, access = { loopback: true, opened: [] as const }) {
  const clientFor = (): ReturnType<typeof createHttpClient> => createHttpClient({ access });
  return workbench(new FakeServices(), { clientFor, signer }).run("apigateway:invoke", parameters);
}

const api = (more: Record<string, Json> = {}): Json => ({
  ApiEndpoint: server.url,
  Method: "GET",
  ...more,
});

describe("apigateway:invoke", () => {
  it("calls the stage and path with all values of parameters and headers", async () => {
    const run = invoke(
      api({
        Method: "POST",
        Stage: "prod",
        Path: "/bills/über 1",
        QueryParameters: { billId: ["1", "a b"], plain: "x" },
        Headers: { key: ["value1", "value2"], other: "o" },
        RequestBody: { a: 1, none: null, list: [null, { none: null }] },
      }),
    );
    await run.output;
    const [request] = server.requests;
    expect(request?.method).toBe("POST");
    expect(request?.path).toBe("/prod/bills/%C3%BCber%201?billId=1&billId=a%20b&plain=x");
    expect(headerOf(request, "key")).toBe("value1,value2");
    expect(headerOf(request, "other")).toBe("o");
    expect(headerOf(request, "content-type")).toBe("application/json");
    expect(headerOf(request, "authorization")).toBeUndefined();
    expect(request?.body).toBe('{"a":1,"list":[null,{}]}');
    expect(run.events).toEqual(["started"]);
  });

  it("sends nulls if asked to, texts as they are, and no body where there is none", async () => {
    await invoke(api({ Method: "PUT", RequestBody: { a: null }, AllowNullValues: true })).output;
    await invoke(api({ Method: "PATCH", RequestBody: "text" })).output;
    await invoke(api({ RequestBody: {} })).output;
    expect(server.requests.map(({ body }) => body)).toEqual(['{"a":null}', "text", ""]);
    expect(headerOf(server.requests[2], "content-type")).toBeUndefined();
  });

  it("gives the answer with its headers as lists", async () => {
    server.answer = () => ({
      status: 201,
      headers: { "Content-Type": "application/json", key: ["value1", "value2"], date: "d" },
      body: '{"myBills":[]}',
    });
    expect(await invoke(api()).output).toMatchObject({
      Headers: { key: ["value1", "value2"] },
      ResponseBody: { myBills: [] },
      StatusCode: 201,
      StatusText: "Created",
    });
  });

  it("fails with the status and the answer's text", async () => {
    const body = '{"message":"Missing Authentication Token"}';
    server.answer = () => ({ status: 403, body });
    await expect(invoke(api()).output).rejects.toMatchObject({
      error: "ApiGateway.403",
      message: body,
    });
  });

  it("fails without a status if there is no answer", async () => {
    const parameters = api();
    await server.close();
    await expect(invoke(parameters).output).rejects.toMatchObject({
      error: "ApiGateway.SdkClientException",
    });
    server = await recordingServer();
  });

  it.each(["IAM_ROLE", "RESOURCE_POLICY"])("signs requests with %s", async (auth) => {
    await invoke(
      api({
        Method: "POST",
        Path: "a b/c",
        QueryParameters: { "z z": ["2", "1"], a: "ä" },
        Headers: { Key: ["v1", "v2"] },
        RequestBody: { text: "ü" },
        AuthType: auth,
      }),
    ).output;
    const [request] = server.requests;
    if (request === undefined) throw new Error("nothing was sent");
    const { credential, signedHeaders, signature } = authorizationOf(request);
    expect(credential).toMatch(/^AKID\/\d{8}\/us-east-1\/execute-api\/aws4_request$/);
    expect(signedHeaders?.split(";")).toEqual(expect.arrayContaining(["host", "key"]));
    expect(signature).toBe(expectedSignature(request, "secret"));
  });

  it.each([
    ["Authorization"],
    ["X-Amz-Date"],
    ["x-amzn-trace"],
    ["X-Forwarded-For"],
    ["Host"],
    ["te"],
  ])("refuses the header %s", async (name) => {
    const { output } = invoke(api({ Headers: { [name]: ["v"] } }));
    await expect(output).rejects.toMatchObject({ error: "States.Runtime" });
    await expect(output).rejects.toThrow(`The header '${name}'`);
    expect(server.requests).toEqual([]);
  });

  it.each([
    [{ Method: "TRACE" }, "'Method'"],
    [{ AuthType: "IAM_AUTH" }, "'AuthType'"],
    [{ ApiEndpoint: "http://user@host/path" }, "'ApiEndpoint'"],
    [{ ApiEndpoint: null }, "'ApiEndpoint'"],
    [{ Path: "a/../../b" }, "'Path'"],
  ])("refuses %j", async (wrong, text) => {
    const { output } = invoke(api(wrong));
    await expect(output).rejects.toThrow(text);
    expect(server.requests).toEqual([]);
  });

  it("does not reach what only this machine can reach", async () => {
    const { output } = invoke(api(), { ...PUBLIC_ONLY, opened: [] });
    await expect(output).rejects.toMatchObject({ error: "ApiGateway.AccessDeniedException" });
    expect(server.requests).toEqual([]);
  });
});
