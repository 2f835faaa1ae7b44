import { renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Leaves the task token where the test finds it. */
export async function handler({ token, orderId }) {
  const file = join(process.env.LEDGER, `token-${orderId}`);
  writeFileSync(`${file}.new`, token);
  renameSync(`${file}.new`, file);
}
