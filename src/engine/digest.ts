/** Hashes for the `States.Hash` intrinsic function. */
import { hash } from "node:crypto";

/** Hex digest; `algorithm` is MD5, SHA-1, SHA-256, SHA-384 or SHA-512. Throws for others. */
export function digest(algorithm: string, text: string): string {
  return hash(algorithm.replace("-", "").toLowerCase(), text, "hex");
}
