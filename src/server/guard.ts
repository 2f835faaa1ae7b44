/**
 * Keeps foreign web pages out. A page in a browser can send requests to a server on the loopback
 * address of the machine it runs on, directly or by rebinding its own host name to that address. No
 * such request may have an effect: every request must name a host of ours, must not come from
 * another origin, and must have a content type that browsers do not send without asking first.
 */
/** Why a request is refused. */
export interface Refusal {
  readonly status: number;
  /** Error name for the body. */
  readonly name: string;
  readonly message: string;
}

/** Header lines that must not occur twice: two readers might take different ones. */
const SINGLE = new Set([
  "host",
  "x-amz-target",
  "content-type",
  "content-length",
  "authorization",
  "x-amz-date",
  "origin",
]);

const LOCAL_HOSTS = ["localhost", "127.0.0.1", "[::1]"];

/** Decides about the head of a request, before anything is routed. */
export class Guard {
  readonly #hosts: ReadonlySet<string>;

  /** `allowHosts`: further names (no ports) under which clients may call the server. */
  constructor(allowHosts: readonly string[]) {
    const names = [...LOCAL_HOSTS, ...allowHosts.map((host) => host.toLowerCase())];
    // SDKs put "sync-" in front of the host for StartSyncExecution, whatever the endpoint.
    this.#hosts = new Set(names.flatMap((name) => [name, `sync-${name}`]));
  }

  /** Undefined: the request may pass. `method` and `target` are those of the request line. */
  check(
    headers: Headers,
    method: string | undefined,
    target: string | undefined,
  ): Refusal | undefined {
    if (headers.repeated !== undefined) {
      const message = `the header ${headers.repeated} must not be given twice`;
      return refusal(400, "InvalidRequest", message);
    }
    if (target?.startsWith("/") !== true) {
      return refusal(400, "InvalidRequest", "the request target must be a path");
    }
    const host = headers.get("host");
    if (host === undefined || !this.#isOurs(host)) {
      return forbidden(
        "the Host header names no host of this server; add the name with --allow-host if it is yours",
      );
    }
    const origin = headers.get("origin");
    if (origin !== undefined && origin !== `http://${host}` && origin !== `https://${host}`) {
      return forbidden("requests of web pages from other origins are refused");
    }
    const site = headers.get("sec-fetch-site");
    const isForeign = site === "cross-site" || site === "same-site";
    if (isForeign && !isFollowedLink(headers, method, target)) {
      return forbidden("requests of web pages from other sites are refused");
    }
    const encoding = headers.get("content-encoding");
    if (encoding !== undefined && encoding !== "identity") {
      const message = "Content-Encoding is not supported; send the body as it is";
      return refusal(415, "UnsupportedMediaTypeException", message);
    }
    return undefined;
  }

  #isOurs(host: string): boolean {
    const name = withoutPort(host.toLowerCase());
    return name !== undefined && (this.#hosts.has(name) || isUnderLocalhost(name));
  }
}

/** Refuses what a browser can send without a preflight; undefined: an API request by its type. */
export function checkContentType(contentType: string | undefined): Refusal | undefined {
  if (contentType === JSON_1_0 || (contentType !== undefined && API_TYPE.test(contentType))) {
    return undefined;
  }
  const message = `Content-Type must be ${JSON_1_0}`;
  return refusal(415, "UnsupportedMediaTypeException", message);
}

export const JSON_1_0 = "application/x-amz-json-1.0";
const API_TYPE = /^application\/x-amz-json-1\.[01]\s*(?:;\s*charset="?utf-8"?\s*)?$/i;

/** Header lines of a request. */
export class Headers {
  /** The name of a header that is there twice and must not be. */
  readonly repeated: string | undefined;
  readonly #values = new Map<string, string>();

  /** `rawHeaders`: names and values in turn, as node gives them. */
  constructor(rawHeaders: readonly string[]) {
    for (let index = 0; index < rawHeaders.length; index += 2) {
      const name = rawHeaders[index]!.toLowerCase();
      if (this.#values.has(name) && SINGLE.has(name)) this.repeated = name;
      this.#values.set(name, rawHeaders[index + 1]!);
    }
  }

  /** By lower-case name. */
  get(name: string): string | undefined {
    return this.#values.get(name);
  }
}

/** A person follows a link to a page of the console; the page that has the link sees nothing of it. */
function isFollowedLink(headers: Headers, method: string | undefined, target: string): boolean {
  const isNavigation = headers.get("sec-fetch-mode") === "navigate";
  const isWindow = headers.get("sec-fetch-dest") === "document";
  return method === "GET" && isNavigation && isWindow && !target.startsWith("/api/");
}

/** `host` or `[v6]` of `host:port`; undefined if it is neither. */
function withoutPort(host: string): string | undefined {
  return /^(\[[0-9a-f:.]+\]|[^:[\]]+)(?::\d{1,5})?$/.exec(host)?.[1];
}

/** `*.localhost` always resolves to the loopback address (RFC 6761). */
function isUnderLocalhost(name: string): boolean {
  return /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+localhost$/.test(name);
}

function forbidden(message: string): Refusal {
  return refusal(403, "AccessDeniedException", message);
}

function refusal(status: number, name: string, message: string): Refusal {
  return { status, name, message };
}
