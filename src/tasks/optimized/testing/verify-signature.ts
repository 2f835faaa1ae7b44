/** For tests: checks a Signature Version 4 as a service does, from what arrived. */
import { createHash, createHmac } from "node:crypto";
import { headerOf, type RecordedRequest } from "../../http/testing/recording-server.ts";

/** The signature that the request should have; its own is in the header `Authorization`. */
export function expectedSignature(request: RecordedRequest, secretKey: string): string {
  const { credential = "", signedHeaders = "" } = authorizationOf(request);
  const [, day = "", region = "", service = ""] = credential.split("/");
  const [path = "", query = ""] = request.path.split("?");
  const headers = signedHeaders
    .split(";")
    .map((name) => `${name}:${(headerOf(request, name) ?? "").trim()}\n`)
    .join("");
  const canonical = [
    request.method,
    path.split("/").map(encode).join("/"),
    query.split("&").toSorted().join("&"),
    headers,
    signedHeaders,
    sha256(request.body),
  ].join("\n");
  const scope = `${day}/${region}/${service}/aws4_request`;
  const date = headerOf(request, "x-amz-date") ?? "";
  const text = ["AWS4-HMAC-SHA256", date, scope, sha256(canonical)].join("\n");
  const parts = [day, region, service, "aws4_request"];
  const key = parts.reduce<Buffer | string>(hmac, `AWS4${secretKey}`);
  return hmac(key, text).toString("hex");
}

export function authorizationOf(request: RecordedRequest | undefined): {
  readonly credential: string | undefined;
  readonly signedHeaders: string | undefined;
  readonly signature: string | undefined;
} {
  const text = headerOf(request, "authorization") ?? "";
  const part = (name: string): string | undefined => new RegExp(`${name}=([^, ]+)`).exec(text)?.[1];
  return {
    credential: part("Credential"),
    signedHeaders: part("SignedHeaders"),
    signature: part("Signature"),
  };
}

function encode(text: string): string {
  return encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function hmac(key: Buffer | string, text: string): Buffer {
  return createHmac("sha256", key).update(text).digest();
}
