import { appendFileSync } from "node:fs";
import { join } from "node:path";

/** Notes that it ran for `key` and answers something that no second run would answer. */
export async function handler({ key, milliseconds = 0 }) {
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
  const nonce = `${process.pid}-${process.hrtime.bigint()}`;
  appendFileSync(join(process.env.LEDGER, "calls"), `${key} ${nonce}\n`);
  return { key, nonce };
}
