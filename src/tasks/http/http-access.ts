/**
 * Where HTTP tasks may go. The public internet over HTTPS is open to everybody; loopback, private
 * networks, cloud metadata and everything else only where the operator opened it. What an author of
 * state machines writes into `ApiEndpoint` must not reach what only this machine can reach (SSRF).
 */
import ipaddr from "ipaddr.js";

type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** One `--allow-http-host`. */
export type OpenedTarget =
  | {
      readonly type: "Host";
      /** In lower case; `*.` at the beginning stands for any sub-domain. */
      readonly name: string;
      /** Undefined: every port. */
      readonly port: number | undefined;
    }
  | {
      readonly type: "Network";
      readonly base: Address;
      readonly bits: number;
      readonly port: number | undefined;
    };

export interface HttpAccess {
  /** Whether loopback is open: the author of the state machines is the user of this machine. */
  readonly loopback: boolean;
  readonly opened: readonly OpenedTarget[];
}

/** Of `stepwell serve`. */
export const PUBLIC_ONLY: HttpAccess = { loopback: false, opened: [] };

/** IANA gives out public addresses from here only; whatever else there will be stays closed. */
const GLOBAL_UNICAST: [ipaddr.IPv6, number] = [ipaddr.IPv6.parse("2000::"), 3];

/**
 * Reads `HOST[:PORT]`, `*.DOMAIN[:PORT]`, `ADDRESS[:PORT]` (IPv6 in brackets) or a network such as
 * `10.0.0.0/8`.
 * @returns what is wrong, with the cure, if it is none of these.
 */
export function parseOpenedTarget(text: string): OpenedTarget | { readonly problem: string } {
  const problem = `give HOST[:PORT], ADDRESS[:PORT] or a network such as 10.0.0.0/8, not '${text}'`;
  if (text.includes("/")) {
    if (!ipaddr.isValidCIDR(text)) return { problem };
    const [base, bits] = ipaddr.parseCIDR(text);
    return { type: "Network", base, bits, port: undefined };
  }
  const [, host = "", portText] = /^(\[[^\]]*\]|[^:]*)(?::(\d{1,5}))?$/.exec(text) ?? [];
  const port = portText === undefined ? undefined : Number(portText);
  if (port !== undefined && (port < 1 || port > 65_535)) return { problem };
  const canonical = canonicalHost(host);
  if (canonical === undefined) return { problem };
  const address = addressOf(canonical);
  if (address === undefined) return { type: "Host", name: canonical, port };
  return { type: "Network", base: address, bits: address.kind() === "ipv4" ? 32 : 128, port };
}

/**
 * Why a request to `url`, whose host has these addresses, must not be sent; undefined: it may be.
 * Every address counts: a name with a public and a private one could give either.
 */
export function refusal(
  access: HttpAccess,
  url: URL,
  addresses: readonly string[],
): string | undefined {
  const host = canonicalHost(url.hostname) ?? url.hostname;
  const port = portOf(url);
  if (access.opened.some((target) => opensHost(target, host, port))) return undefined;
  for (const text of addresses) {
    const address = addressOf(text);
    if (address === undefined) return "it has an address that cannot be read";
    if (isOpened(access, address, port)) continue;
    if (url.protocol !== "https:") return "only https goes to where nothing was opened";
    if (!isPublic(address)) return `it has an address that is not public (${rangeOf(address)})`;
  }
  return addresses.length === 0 ? "it has no address" : undefined;
}

/** Whether a host is one of `names` as `parseOpenedTarget` gives them. */
export function isOneOf(targets: readonly OpenedTarget[], url: URL): boolean {
  const host = canonicalHost(url.hostname) ?? url.hostname;
  const port = portOf(url);
  const address = addressOf(host);
  return targets.some(
    (target) =>
      opensHost(target, host, port) ||
      (address !== undefined && opensAddress(target, address, port)),
  );
}

/** The address that a host name spells; undefined: it is a name. Brackets and zones are taken off. */
export function addressOf(host: string): Address | undefined {
  const text = host.replace(/^\[|\]$/g, "").replace(/%.*$/, "");
  if (!ipaddr.IPv4.isValidFourPartDecimal(text) && !ipaddr.IPv6.isValid(text)) return undefined;
  const address = ipaddr.parse(text);
  return address instanceof ipaddr.IPv6 && isMapped(address) ? address.toIPv4Address() : address;
}

/** `::ffff:a.b.c.d` goes to a.b.c.d. The other forms that hold an IPv4 address are just not public. */
function isMapped(address: ipaddr.IPv6): boolean {
  const { parts } = address;
  return parts.slice(0, 5).every((part) => part === 0) && parts[5] === 0xffff;
}

function isOpened(access: HttpAccess, address: Address, port: number): boolean {
  if (access.loopback && address.range() === "loopback") return true;
  return access.opened.some((target) => opensAddress(target, address, port));
}

function opensHost(target: OpenedTarget, host: string, port: number): boolean {
  if (target.type !== "Host" || (target.port ?? port) !== port) return false;
  if (!target.name.startsWith("*.")) return target.name === host;
  return host.endsWith(target.name.slice(1)) && host.length >= target.name.length;
}

function opensAddress(target: OpenedTarget, address: Address, port: number): boolean {
  if (target.type !== "Network" || (target.port ?? port) !== port) return false;
  const { base, bits } = target;
  return base.kind() === address.kind() && address.match(base, bits);
}

function isPublic(address: Address): boolean {
  if (address.range() !== "unicast") return false;
  return address instanceof ipaddr.IPv4 || address.match(GLOBAL_UNICAST);
}

function rangeOf(address: Address): string {
  const range = address.range();
  return range === "unicast" ? "reserved" : range;
}

function portOf(url: URL): number {
  return url.port === "" ? (url.protocol === "http:" ? 80 : 443) : Number(url.port);
}

/** As a URL has it: in lower case, punycode, IPv4 in four decimal parts, without a last dot. */
function canonicalHost(host: string): string | undefined {
  if (host === "" || /[\s/?#@\\]/.test(host)) return undefined;
  try {
    return new URL(`http://${host}`).hostname.replace(/\.$/, "");
  } catch {
    return undefined;
  }
}
