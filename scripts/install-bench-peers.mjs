// Installs what the benchmarks compare with into bench/peers; the product never needs it.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("../bench/peers", import.meta.url));
if (!existsSync(`${folder}/node_modules`)) {
  // The peer asks for a newer Node than ours; bench/core.ts gives it the one function it misses.
  const args = ["ci", "--no-audit", "--no-fund", "--engine-strict=false"];
  const { status } = spawnSync("npm", args, { cwd: folder, stdio: "inherit" });
  process.exit(status ?? 1);
}
