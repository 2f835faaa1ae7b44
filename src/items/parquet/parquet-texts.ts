/** Texts for values that JSON has no type for. */

const DAY_MS = 86_400_000;

/** A number literal with all digits: 12345 with scale 2 is `123.45`. */
export function decimalLiteral(unscaled: bigint, scale: number): string {
  if (scale <= 0) return String(unscaled * 10n ** BigInt(-scale));
  const sign = unscaled < 0n ? "-" : "";
  const digits = String(unscaled < 0n ? -unscaled : unscaled).padStart(scale + 1, "0");
  return `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

/** Big-endian two's complement. */
export function signedInteger(bytes: Uint8Array): bigint {
  if (bytes.length === 0) return 0n;
  return BigInt.asIntN(bytes.length * 8, BigInt(`0x${Buffer.from(bytes).toString("hex")}`));
}

/** `2026-11-23`, of days since 1970. */
export function dateText(days: number): string {
  return isoText(days * DAY_MS).replace(/T.*$/, "");
}

/** ISO 8601, with a fraction if there is one; without `Z` if its zone is not known. */
export function timestampText(ticks: bigint, digits: number, isUtc: boolean): string {
  const ticksPerSecond = 10n ** BigInt(digits);
  const fraction = ((ticks % ticksPerSecond) + ticksPerSecond) % ticksPerSecond;
  const seconds = (ticks - fraction) / ticksPerSecond;
  const whole = isoText(Number(seconds) * 1000).replace(/\.\d+Z$/, "");
  return `${whole}${fractionText(fraction, digits)}${isUtc ? "Z" : ""}`;
}

/** `12:34:56.789`, of a time since midnight. */
export function timeText(ticks: bigint, digits: number): string {
  return timestampText(ticks, digits, false).replace(/^.*T/, "");
}

/** `123e4567-e89b-12d3-a456-426614174000`. */
export function uuidText(bytes: Uint8Array): string {
  const hex = Buffer.from(bytes).toString("hex");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

function fractionText(fraction: bigint, digits: number): string {
  if (fraction === 0n) return "";
  return `.${String(fraction).padStart(digits, "0").replace(/0+$/, "")}`;
}

function isoText(milliseconds: number): string {
  const date = new Date(milliseconds);
  // Beyond what a Date holds.
  return Number.isNaN(date.getTime()) ? `${milliseconds}` : date.toISOString();
}
