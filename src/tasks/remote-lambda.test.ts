import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createTaskRunner, type FunctionTaskRunner } from "./task-runner.ts";
import {
  invokeResource,
  lambdaResource,
  recordingLogger,
  runTask,
  taskCall,
} from "./testing/task-harness.ts";

type Answer = (request: IncomingMessage, body: string, response: ServerResponse) => void;

const HEADERS = {
  Date: "Sat, 01 Jan 2022 00:00:00 GMT",
  "Content-Type": "application/json",
  Connection: "keep-alive",
  "x-amzn-RequestId": "11111111-2222-3333-4444-555555555555",
  "x-amzn-Remapped-Content-Length": "0",
  "X-Amz-Executed-Version": "$LATEST",
  "X-Amzn-Trace-Id": "Root=1",
};

describe("functions that do not run here", () => {
  let server: Server;
  let answer: Answer;
  let requests: { url: string; body: string; headers: IncomingMessage["headers"] }[];
  let runner: FunctionTaskRunner;

  beforeEach(async () => {
    requests = [];
    server = createServer((request, response) => {
      let body = "";
      request.on("data", (chunk: Buffer) => {
        body += chunk.toString();
      });
      request.on("end", () => {
        requests.push({
          url: decodeURIComponent(request.url ?? ""),
          body,
          headers: request.headers,
        });
        answer(request, body, response);
      });
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    vi.stubEnv("AWS_ENDPOINT_URL_LAMBDA", `http://127.0.0.1:${port}`);
    vi.stubEnv("AWS_ACCESS_KEY_ID", "test");
    vi.stubEnv("AWS_SECRET_ACCESS_KEY", "test");
    runner = createTaskRunner({
      functions: [],
      region: "us-east-1",
      accountId: "123456789012",
      logger: recordingLogger().logger,
    });
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    await runner.close();
    server.closeAllConnections();
    server.close();
  });

  const invoke = (parameters: Parameters<typeof taskCall>[1]) =>
    runTask(runner, taskCall(invokeResource(), parameters));

  it("are invoked, and answer with the headers as they were sent", async () => {
    answer = (_request, _body, response) => {
      response.writeHead(200, { ...HEADERS, "Content-Length": "5" }).end(`[1.0]`);
    };
    const { output } = await invoke({ FunctionName: "far", Payload: { a: 1 }, Qualifier: "live" });
    expect(requests).toMatchObject([
      { url: "/2015-03-31/functions/far/invocations?Qualifier=live", body: `{"a":1}` },
    ]);
    const headers = { ...HEADERS, "Content-Length": "5" };
    expect(output).toMatchObject({
      ExecutedVersion: "$LATEST",
      SdkHttpMetadata: {
        AllHttpHeaders: Object.fromEntries(
          Object.entries(headers).map(([name, value]) => [name, [value]]),
        ),
        HttpHeaders: headers,
        HttpStatusCode: 200,
      },
      SdkResponseMetadata: { RequestId: HEADERS["x-amzn-RequestId"] },
      StatusCode: 200,
    });
  });

  it("get an ARN's account and region", async () => {
    answer = (_request, _body, response) => {
      response.writeHead(200, HEADERS).end(`"x"`);
    };
    const arn = "arn:aws:lambda:eu-west-1:999999999999:function:far:7";
    const result = await runTask(runner, taskCall({ type: "Lambda", arn }, "in"));
    expect(result).toEqual({ events: ["started", "succeeded"], output: "x" });
    const [request] = requests;
    expect(request?.url).toBe(
      "/2015-03-31/functions/arn:aws:lambda:eu-west-1:999999999999:function:far/invocations?Qualifier=7",
    );
    expect(request?.body).toBe(`"in"`);
    expect(request?.headers.authorization).toContain("/eu-west-1/lambda/");
  });

  it("send no body for a null payload", async () => {
    answer = (_request, _body, response) => {
      response.writeHead(200, HEADERS).end("{}");
    };
    await invoke({ FunctionName: "far", Payload: null });
    expect(requests).toMatchObject([{ body: "" }]);
  });

  it("may be invoked without waiting for them", async () => {
    answer = (_request, _body, response) => {
      response.writeHead(202, { "x-amzn-RequestId": "id", "Content-Length": "0" }).end();
    };
    const { output } = await invoke({ FunctionName: "far", InvocationType: "Event" });
    expect(output).toMatchObject({ Payload: "", StatusCode: 202 });
    expect(output).not.toHaveProperty("ExecutedVersion");
    expect(requests[0]?.headers["x-amz-invocation-type"]).toBe("Event");
  });

  it("fail with errorType and the whole payload, without its blanks as AWS does", async () => {
    const payload = `{"errorMessage": "no", "errorType": "OutOfStock", "stackTrace": []}`;
    answer = (_request, _body, response) => {
      response.writeHead(200, { ...HEADERS, "X-Amz-Function-Error": "Unhandled" }).end(payload);
    };
    expect(await invoke({ FunctionName: "far" })).toEqual({
      events: ["started", "failed"],
      error: "OutOfStock",
      cause: `{"errorMessage":"no","errorType":"OutOfStock","stackTrace":[]}`,
    });
  });

  it("fail as Lambda.Unknown without an errorType", async () => {
    answer = (_request, _body, response) => {
      response
        .writeHead(200, { ...HEADERS, "X-Amz-Function-Error": "Unhandled" })
        .end(`{"errorMessage":"x"}`);
    };
    expect(await invoke({ FunctionName: "far" })).toMatchObject({
      error: "Lambda.Unknown",
      cause:
        'The cause could not be determined because Lambda did not return an error type. Returned payload: {"errorMessage":"x"}',
    });
  });

  it("pass on errors of the service in AWS's words, after one attempt", async () => {
    const arn = "arn:aws:lambda:us-east-1:123456789012:function:far:$LATEST";
    answer = (_request, _body, response) => {
      const message = `Function not found: ${arn}`;
      response
        .writeHead(404, { ...HEADERS, "x-amzn-ErrorType": "ResourceNotFoundException" })
        .end(JSON.stringify({ Type: "User", Message: message, message }));
    };
    expect(await invoke({ FunctionName: "far" })).toEqual({
      events: ["started", "failed"],
      error: "Lambda.ResourceNotFoundException",
      cause: `Function not found: ${arn} (Service: AWSLambda; Status Code: 404; Error Code: ResourceNotFoundException; Request ID: 11111111-2222-3333-4444-555555555555; Proxy: null)`,
    });
    answer = (_request, _body, response) => {
      response
        .writeHead(403, { ...HEADERS, "x-amzn-ErrorType": "AccessDeniedException" })
        .end(`{"Message":"not yours"}`);
    };
    const denied = await invoke({ FunctionName: "far" });
    expect(denied.error).toBe("Lambda.AWSLambdaException");
    expect(denied.cause).toContain(
      "not yours (Service: AWSLambda; Status Code: 403; Error Code: AccessDeniedException;",
    );
    answer = (_request, _body, response) => {
      response
        .writeHead(500, { ...HEADERS, "x-amzn-ErrorType": "ServiceException" })
        .end(`{"Message":"oops"}`);
    };
    expect((await invoke({ FunctionName: "far" })).error).toBe("Lambda.ServiceException");
    expect(requests).toHaveLength(3);
  });

  it("fail as client trouble when nobody listens or the connection breaks", async () => {
    answer = (request) => request.socket.destroy();
    const broken = await invoke({ FunctionName: "far" });
    expect(broken.error).toBe("Lambda.SdkClientException");
    expect(broken.cause).toMatch(/^Unable to execute HTTP request: ./);
    server.closeAllConnections();
    server.close();
    await once(server, "close");
    expect((await invoke({ FunctionName: "far" })).cause).toContain("ECONNREFUSED");
  });

  it("are cut off at 8 MiB", async () => {
    answer = (_request, _body, response) => {
      response.writeHead(200, HEADERS).end("a".repeat(9 * 1024 * 1024));
    };
    const { error, cause } = await invoke({ FunctionName: "far" });
    expect(error).toBe("Lambda.SdkClientException");
    expect(cause).toContain("the answer exceeds 8388608 bytes");
  });

  it("are let go when the task is cancelled", async () => {
    const cut = new Promise<void>((resolve) => {
      answer = (request) => {
        request.socket.once("close", () => resolve());
        cancel();
      };
    });
    const reports: string[] = [];
    const cancel = runner.run(taskCall(invokeResource(), { FunctionName: "far" }), {
      started: () => reports.push("started"),
      submitted: () => reports.push("submitted"),
      waits: () => reports.push("waits"),
      succeeded: () => reports.push("succeeded"),
      failed: () => reports.push("failed"),
    });
    await cut;
    expect(reports).toEqual(["started"]);
  });

  it("are missing, with the cures, when no endpoint and no credentials are there", async () => {
    const bare = createTaskRunner({
      functions: [],
      functionsSource: "./functions",
      region: "us-east-1",
      accountId: "123456789012",
      logger: recordingLogger().logger,
      environment: { HOME: "/nowhere" },
    });
    const { error, cause } = await runTask(bare, taskCall(lambdaResource("far"), {}));
    expect(error).toBe("Lambda.ResourceNotFoundException");
    expect(cause).toMatch(
      /^Function not found: arn:aws:lambda:us-east-1:123456789012:function:far:\$LATEST \(Service: AWSLambda; Status Code: 404; Error Code: ResourceNotFoundException; Request ID: [0-9a-f-]{36}; Proxy: null\)\. There is no local function 'far' \(\.\/functions; local functions: none\), and neither AWS_ENDPOINT_URL_LAMBDA/,
    );
    expect(requests).toHaveLength(0);
    await bare.close();
  });
});
