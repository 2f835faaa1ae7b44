/** Serves the web console: its files, and its page for every path that a person may open. */
import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { ConsoleFile, ConsoleFiles } from "./console-files.ts";
import type { HttpHandler } from "./http-handler.ts";

/** Stands in the built page where the nonce of a response goes. */
const NONCE_PLACE = "__CSP_NONCE__";
const NONCE_BYTES = 18;

const COMMON_HEADERS = {
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
};

/** Scripts only from here; the editor makes its style sheets itself, with the page's nonce. */
function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}

export class ConsolePages implements HttpHandler {
  readonly #files: ConsoleFiles;

  constructor(files: ConsoleFiles) {
    this.#files = files;
  }

  handle(request: IncomingMessage, response: ServerResponse): boolean {
    if (request.method !== "GET" && request.method !== "HEAD") return false;
    const path = decodedPath(request.url ?? "");
    const file = path === undefined ? undefined : this.#files.find(path);
    if (file !== undefined) {
      request.resume();
      sendFile(request, response, file);
      return true;
    }
    if (path === undefined || !isPage(path, request.headers.accept)) return false;
    request.resume();
    this.#sendPage(request, response);
    return true;
  }

  #sendPage(request: IncomingMessage, response: ServerResponse): void {
    const nonce = randomBytes(NONCE_BYTES).toString("base64");
    const page = this.#files.index.replaceAll(NONCE_PLACE, nonce);
    response.writeHead(200, {
      ...COMMON_HEADERS,
      "Content-Type": "text/html; charset=utf-8",
      "Content-Length": Buffer.byteLength(page),
      "Content-Security-Policy": contentSecurityPolicy(nonce),
      "X-Frame-Options": "DENY",
      "Cache-Control": "no-store",
    });
    response.end(request.method === "HEAD" ? undefined : page);
  }
}

/** The path of a request without its query; undefined: it is not well-formed. */
function decodedPath(target: string): string | undefined {
  try {
    return decodeURIComponent(target.replace(/[?#].*$/s, ""));
  } catch {
    return undefined;
  }
}

/** `/`, and what a browser opens; a missing script must not be answered with a page. */
function isPage(path: string, accept: string | undefined): boolean {
  if (path === "/") return true;
  return accept?.includes("text/html") === true && !path.startsWith("/assets/");
}

function sendFile(request: IncomingMessage, response: ServerResponse, file: ConsoleFile): void {
  const coding = chooseCoding(file, request.headers["accept-encoding"]);
  const { bytes, etag } = file.contents.get(coding)!;
  const headers = {
    ...COMMON_HEADERS,
    ETag: etag,
    Vary: "Accept-Encoding",
    "Cache-Control": file.isImmutable ? "public, max-age=31536000, immutable" : "no-cache",
  };
  if (request.headers["if-none-match"] === etag) {
    response.writeHead(304, headers).end();
    return;
  }
  response.writeHead(200, {
    ...headers,
    "Content-Type": file.type,
    "Content-Length": bytes.length,
    ...(coding === "identity" ? {} : { "Content-Encoding": coding }),
  });
  response.end(request.method === "HEAD" ? undefined : bytes);
}

/** The first coding of the file that the browser takes; `q=0` refuses one. */
function chooseCoding(file: ConsoleFile, accepted: string | undefined): string {
  const codings = (accepted ?? "").split(",").map((item) => {
    const [name = "", ...parameters] = item.split(";").map((part) => part.trim().toLowerCase());
    return { name, isRefused: parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter)) };
  });
  const takes = (coding: string): boolean =>
    codings.some(({ name, isRefused }) => name === coding && !isRefused);
  return [...file.contents.keys()].find((coding) => coding === "identity" || takes(coding))!;
}
