/**
 * Requests to the Kubernetes API of one Amazon EKS cluster: over HTTPS with the cluster's own
 * certificate authority, as the caller that AWS STS knows (aws-iam-authenticator's token).
 */
import type { TaskCall } from "../../../engine/ports.ts";
import type { Json, JsonObject } from "../../../json/json.ts";
import { stringify } from "../../../json/stringify.ts";
import { parseJson } from "../../../json/parse.ts";
import type { RequestSigner } from "../../aws/request-signer.ts";
import type { HttpAnswer, HttpClient } from "../../http/http-client.ts";
import { queryString, scalarText } from "../../http/form-encoding.ts";
import { at, textAt } from "../members.ts";
import { refused } from "../refused.ts";
import { roleOf } from "../../aws/role-of.ts";

export interface ClusterParts {
  /** A guarded client that trusts this certificate (PEM) alone. */
  readonly clientFor: (ca: string) => HttpClient;
  readonly signer: RequestSigner;
}

export interface ClusterRequest {
  readonly method: string;
  /** Begins with a slash. */
  readonly path: string;
  readonly query?: readonly (readonly [name: string, value: string])[];
  /** A text is sent as it is. */
  readonly body?: Json | undefined;
}

export interface ClusterAnswer {
  readonly statusCode: number;
  readonly statusText: string;
  /** Parsed if it is JSON. */
  readonly body: Json;
  readonly text: string;
}

/** Logs and objects may be big; what becomes a state's output is checked by the engine. */
const MAX_BODY_BYTES = 1_048_576;

export class Cluster {
  readonly #call: TaskCall;
  readonly #name: string;
  readonly #endpoint: URL;
  readonly #client: HttpClient;
  readonly #signer: RequestSigner;

  /** Throws TaskFailure if the parameters do not name a cluster. */
  constructor(call: TaskCall, parts: ClusterParts) {
    const { parameters } = call;
    this.#call = call;
    this.#name = required(call, parameters, "ClusterName");
    this.#endpoint = endpointOf(call, required(call, parameters, "Endpoint"));
    const ca = required(call, parameters, "CertificateAuthority");
    this.#client = parts.clientFor(Buffer.from(ca, "base64").toString("utf8"));
    this.#signer = parts.signer;
  }

  /** Rejects with HttpClientError or AwsCallError. An answer with any status resolves. */
  async send(request: ClusterRequest, signal: AbortSignal): Promise<ClusterAnswer> {
    const { method, path, query = [], body } = request;
    const url = new URL(this.#endpoint);
    url.pathname = path;
    url.search = queryString(query);
    const text = body === undefined || typeof body === "string" ? body : stringify(body);
    const type = method === "PATCH" ? "application/merge-patch+json" : "application/json";
    const answer = await this.#client.send(
      {
        method,
        url,
        headers: [
          ["Accept", "application/json, */*"],
          ["Authorization", `Bearer ${await this.#token()}`],
          ...(text === undefined ? [] : [["Content-Type", type] as const]),
        ],
        body: text,
      },
      { signal, maxBodyBytes: MAX_BODY_BYTES },
    );
    return readAnswer(answer);
  }

  /** A URL that asks STS who signed it; the cluster asks. It is good for a minute. */
  async #token(): Promise<string> {
    const { region } = this.#call;
    const domain = region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
    const url = new URL(`https://sts.${region}.${domain}/`);
    url.search = queryString([
      ["Action", "GetCallerIdentity"],
      ["Version", "2011-06-15"],
    ]);
    const signed = await this.#signer.presign(
      { method: "GET", url, headers: { "x-k8s-aws-id": this.#name }, body: undefined },
      { service: "sts", region, role: roleOf(this.#call) },
      TOKEN_SECONDS,
    );
    return `k8s-aws-v1.${Buffer.from(signed.href).toString("base64url")}`;
  }
}

const TOKEN_SECONDS = 60;

function required(call: TaskCall, parameters: Json, field: string): string {
  const value = textAt(parameters, field);
  if (value !== undefined && value !== "") return value;
  throw refused(call, `The field '${field}' is required and must be a string`);
}

function endpointOf(call: TaskCall, text: string): URL {
  if (URL.canParse(text) && new URL(text).protocol === "https:") return new URL(text);
  throw refused(call, "The field 'Endpoint' must be the https URL of the cluster's API");
}

function readAnswer({ statusCode, statusText, body }: HttpAnswer): ClusterAnswer {
  const text = body.toString("utf8");
  const parsed = parseJson(text);
  return { statusCode, statusText, text, body: parsed.ok ? parsed.value : text };
}

/** A task's result, or the cause of its failure. */
export function resultOf({ statusCode, statusText, body }: ClusterAnswer): JsonObject {
  return { ResponseBody: body, StatusCode: statusCode, StatusText: statusText };
}

export function isSuccess({ statusCode }: ClusterAnswer): boolean {
  return statusCode >= 200 && statusCode <= 299;
}

/** Name-value pairs of a map of text to lists of texts. */
export function pairsAt(parameters: Json, ...path: readonly string[]): [string, string][] {
  const map = at(parameters, ...path);
  if (typeof map !== "object" || map === null) return [];
  return Object.entries(map as JsonObject).flatMap(([name, values]) =>
    [values].flat().map((value): [string, string] => [name, scalarText(value)]),
  );
}
