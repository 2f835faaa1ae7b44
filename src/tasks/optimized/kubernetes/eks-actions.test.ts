import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { TaskCall } from "../../../engine/ports.ts";
import type { Json, JsonObject } from "../../../json/json.ts";
import { createRequestSigner, type RequestSigner } from "../../aws/request-signer.ts";
import { createHttpClient } from "../../http/http-client.ts";
import {
  headerOf,
  type Identity,
  type PlannedAnswer,
  type RecordedRequest,
  type RecordingServer,
  recordingServer,
  selfSignedIdentity,
} from "../../http/testing/recording-server.ts";
import { FakeServices, type Run, workbench } from "../testing/fake-services.ts";

/** A cluster's API: HTTPS with a certificate authority of its own. */
let identity: Identity;
let server: RecordingServer;
let signer: RequestSigner;

beforeAll(() => {
  identity = selfSignedIdentity();
});

beforeEach(async () => {
  process.env["AWS_ACCESS_KEY_ID"] = "AKID";
  process.env["AWS_SECRET_ACCESS_KEY"] = "secret";
  server = await recordingServer({ identity });
  signer = createRequestSigner({ region: "eu-west-1", environment: process.env });
});

afterEach(async () => {
  signer.close();
  await server.close();
});

afterAll(() => {
  delete process.env["AWS_ACCESS_KEY_ID"];
  delete process.env["AWS_SECRET_ACCESS_KEY"];
});

function bench() {
  const clientFor = (ca?: string): ReturnType<typeof createHttpClient> =>
    createHttpClient({ access: { loopback: true, opened: [] }, ca });
  return workbench(new FakeServices(), { clientFor, signer });
}

const cluster = (more: JsonObject = {}): JsonObject => ({
  ClusterName: "my-cluster",
  CertificateAuthority: Buffer.from(identity.cert).toString("base64"),
  Endpoint: server.url,
  ...more,
});

function run(resource: string, more: JsonObject, call: Partial<TaskCall> = {}): Run {
  return bench().run(resource, cluster(more), { region: "eu-west-1", ...call });
}

const json = (status: number, statusText: string, body: Json): PlannedAnswer => ({
  status,
  statusText,
  headers: { "Content-Type": "application/json" },
  body: JSON.stringify(body),
});

describe("eks:call", () => {
  const pods = { Method: "GET", Path: "/api/v1/namespaces/default/pods" };

  it("asks the cluster and gives its answer", async () => {
    server.answer = () => json(200, "OK", { items: [] });
    const query = { labelSelector: ["job-name=example-job"] };
    const output = await run("eks:call", { ...pods, QueryParameters: query }).output;
    expect(output).toEqual({ ResponseBody: { items: [] }, StatusCode: 200, StatusText: "OK" });
    expect(server.requests[0]).toMatchObject({
      method: "GET",
      path: "/api/v1/namespaces/default/pods?labelSelector=job-name%3Dexample-job",
      body: "",
    });
  });

  it("shows who asks with a signed question to STS for this cluster", async () => {
    await run("eks:call", pods).output;
    const [, token = ""] =
      /^Bearer k8s-aws-v1\.([\w-]+)$/.exec(headerOf(server.requests[0], "authorization") ?? "") ??
      [];
    const url = new URL(Buffer.from(token, "base64url").toString());
    expect(url.origin + url.pathname).toBe("https://sts.eu-west-1.amazonaws.com/");
    expect(Object.fromEntries(url.searchParams)).toEqual({
      Action: "GetCallerIdentity",
      Version: "2011-06-15",
      "X-Amz-Algorithm": "AWS4-HMAC-SHA256",
      "X-Amz-Credential": expect.stringMatching(/^AKID\/\d{8}\/eu-west-1\/sts\/aws4_request$/),
      "X-Amz-Date": expect.stringMatching(/^\d{8}T\d{6}Z$/),
      "X-Amz-Expires": "60",
      "X-Amz-SignedHeaders": "host;x-k8s-aws-id",
      "X-Amz-Signature": expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  it("sends a body as JSON", async () => {
    const request = { Method: "POST", Path: "/api/v1/x", RequestBody: { kind: "ConfigMap" } };
    await run("eks:call", request).output;
    expect(server.requests[0]?.body).toBe('{"kind":"ConfigMap"}');
    expect(headerOf(server.requests[0], "content-type")).toBe("application/json");
  });

  it("fails with the status, and the whole answer as the cause", async () => {
    const body = { kind: "Status", message: "Unauthorized", code: 401 };
    server.answer = () => json(401, "Unauthorized", body);
    const failure: unknown = await run("eks:call", pods).output.catch((error: unknown) => error);
    expect(failure).toMatchObject({ error: "EKS.401" });
    expect(JSON.parse((failure as Error).message)).toEqual({
      ResponseBody: body,
      StatusCode: 401,
      StatusText: "Unauthorized",
    });
  });

  it("trusts the cluster's own certificate authority only", async () => {
    const other = Buffer.from(selfSignedIdentity().cert).toString("base64");
    const { output } = run("eks:call", { ...pods, CertificateAuthority: other });
    await expect(output).rejects.toMatchObject({ error: "EKS.SdkClientException" });
    expect(server.requests).toEqual([]);
  });

  it.each([
    [{ ClusterName: "" }, "'ClusterName'"],
    [{ Endpoint: "http://localhost" }, "'Endpoint'"],
    [{ CertificateAuthority: null }, "'CertificateAuthority'"],
    [{ Method: "TRACE" }, "'Method'"],
    [{ Path: "api" }, "'Path'"],
  ])("refuses %j", async (wrong, text) => {
    await expect(run("eks:call", { ...pods, ...wrong }).output).rejects.toThrow(text);
  });
});

describe("eks:runJob", () => {
  const JOBS = "/apis/batch/v1/namespaces/default/jobs";
  const job = { Job: { kind: "Job", metadata: { name: "pi" } } };

  /** What the cluster keeps, as far as the tests need it. */
  let stored: JsonObject | undefined;
  let conditions: Json[] = [];

  const described = (): JsonObject => ({
    ...stored,
    metadata: { namespace: "default", ...(stored?.["metadata"] as JsonObject) },
    status: { conditions },
  });

  function kubernetes({ method, path, body }: RecordedRequest): PlannedAnswer {
    if (method === "POST") {
      if (stored !== undefined) return json(409, "Conflict", { reason: "AlreadyExists" });
      stored = JSON.parse(body) as JsonObject;
      return json(201, "Created", described());
    }
    if (method === "DELETE") return json(200, "OK", {});
    if (path.startsWith("/api/v1/namespaces/default/pods?")) {
      const spec = { containers: [{ name: "main" }, { name: "side" }] };
      return json(200, "OK", { items: [{ metadata: { name: "pod1" }, spec }] });
    }
    if (path.includes("container=side")) return json(404, "Not Found", { code: 404 });
    if (path.includes("/log?")) return { body: '{"pi":3.14}' };
    return json(200, "OK", described());
  }

  beforeEach(() => {
    stored = undefined;
    conditions = [];
    server.answer = kubernetes;
  });

  const asked = (): string[] => server.requests.map(({ method, path }) => `${method} ${path}`);
  const ended = (type: string): Json[] => [
    { type: "Suspended", status: "False" },
    { type, status: "True" },
  ];

  it("creates the job", async () => {
    const output = await run("eks:runJob", job).output;
    expect(output).toMatchObject({
      ResponseBody: { kind: "Job", metadata: { name: "pi", namespace: "default" } },
      StatusCode: 201,
      StatusText: "Created",
    });
    expect(asked()).toEqual([`POST ${JOBS}`]);
  });

  it(".sync waits for the job's end and collects logs", async () => {
    conditions = ended("Complete");
    const options = { RetrieveLogs: true, LogParameters: { tailLines: ["6"] } };
    const task = run("eks:runJob.sync", { ...job, LogOptions: options });
    expect(await task.output).toMatchObject({
      ResponseBody: { status: { conditions } },
      StatusCode: 200,
      logs: {
        pods: {
          pod1: { containers: { main: { log: { pi: 3.14 } }, side: { error: "EKS.404" } } },
        },
      },
    });
    expect(task.events).toEqual(["started", "submitted", "waits"]);
    expect(asked().slice(0, 4)).toEqual([
      `POST ${JOBS}`,
      `GET ${JOBS}/pi`,
      "GET /api/v1/namespaces/default/pods?labelSelector=job-name%3Dpi&limit=100",
      "GET /api/v1/namespaces/default/pods/pod1/log?container=main&tailLines=6",
    ]);
  });

  it(".sync shows raw logs if asked to", async () => {
    conditions = ended("Complete");
    const options = { RetrieveLogs: true, RawLogs: true };
    expect(await run("eks:runJob.sync", { ...job, LogOptions: options }).output).toMatchObject({
      logs: { pods: { pod1: { containers: { main: { log: '{"pi":3.14}' } } } } },
    });
  });

  it(".sync fails with a failed job", async () => {
    conditions = ended("Failed");
    const { output } = run("eks:runJob.sync", job);
    await expect(output).rejects.toMatchObject({ error: "States.TaskFailed" });
  });

  it(".sync fails with the refusal of a cluster that goes on refusing", async () => {
    server.answer = (request) =>
      request.method === "POST" ? kubernetes(request) : json(403, "Forbidden", { code: 403 });
    const { output } = run("eks:runJob.sync", job);
    await expect(output).rejects.toMatchObject({ error: "EKS.403" });
    expect(asked()).toHaveLength(1 + 5);
  });

  it("takes up the job of the same attempt when it is delivered again", async () => {
    await run("eks:runJob", job).output;
    expect(await run("eks:runJob", job).output).toMatchObject({ StatusCode: 200 });
    const other = { id: { frame: 0, scheduledEventId: 99 } };
    await expect(run("eks:runJob", job, other).output).rejects.toMatchObject({ error: "EKS.409" });
    expect(asked().filter((line) => line.startsWith("POST"))).toHaveLength(3);
  });

  it(".sync goes on with a job that was submitted before", async () => {
    conditions = ended("Complete");
    stored = job.Job;
    const submittedOutput = { ResponseBody: { metadata: { namespace: "default", name: "pi" } } };
    const call = { started: true, submitted: true, submittedOutput };
    await run("eks:runJob.sync", job, call).output;
    expect(asked()).toEqual([`GET ${JOBS}/pi`]);
  });

  it(".sync deletes the job when the task is aborted", async () => {
    const task = run("eks:runJob.sync", job);
    const looked = new Promise<void>((resolve) => {
      server.answer = (request) => {
        if (request.method === "GET") resolve();
        return kubernetes(request);
      };
    });
    await looked;
    task.abort();
    await expect(task.output).rejects.toThrow("aborted");
    expect(asked().at(-1)).toBe(`DELETE ${JOBS}/pi`);
    expect(server.requests.at(-1)?.body).toBe('{"propagationPolicy":"Background"}');
  });

  it(".sync deletes the job, too, when the task is aborted while it is created", async () => {
    let create = (): void => {};
    const created = new Promise<void>((resolve) => (create = resolve));
    const posted = new Promise<void>((resolve) => {
      server.answer = (request) => {
        if (request.method !== "POST") return kubernetes(request);
        resolve();
        return { ...kubernetes(request), after: created };
      };
    });
    const task = run("eks:runJob.sync", job);
    await posted;
    task.abort();
    create();
    await expect(task.output).rejects.toThrow("aborted");
    expect(asked()).toEqual([`POST ${JOBS}`, `DELETE ${JOBS}/pi`]);
  });

  it(".sync reads no more logs than a state's output may have", async () => {
    conditions = ended("Complete");
    server.answer = (request) => {
      if (request.path.startsWith("/api/v1/namespaces/default/pods?")) {
        const containers = Array.from({ length: 20 }, (_, index) => ({ name: `c${index}` }));
        const items = ["a", "b"].map((name) => ({ metadata: { name }, spec: { containers } }));
        return json(200, "OK", { items });
      }
      return request.path.includes("/log?") ? { body: "x".repeat(100_000) } : kubernetes(request);
    };
    await run("eks:runJob.sync", { ...job, LogOptions: { RetrieveLogs: true } }).output;
    expect(asked().filter((line) => line.includes("/log?"))).toHaveLength(3);
  });

  it("takes a job as text, in another namespace", async () => {
    await run("eks:runJob", { Job: JSON.stringify(job.Job), Namespace: "other" }).output;
    expect(asked()).toEqual(["POST /apis/batch/v1/namespaces/other/jobs"]);
    await expect(run("eks:runJob", { Job: "text" }).output).rejects.toThrow("'Job'");
  });
});
