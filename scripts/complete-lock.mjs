#!/usr/bin/env node
// Completes package-lock.json after `npm install`.
//
// npm leaves optional packages for other platforms out of the lock file when its registry (a partial mirror, say)
// cannot show them, and `npm ci` then refuses the lock file as out of sync. This adds such packages
// with the version that the parent pins, their platform read from their name. Run it after changing dependencies:
//     npm install && node scripts/complete-lock.mjs
import { readFileSync, writeFileSync } from "node:fs";

const OS = [
  "aix",
  "android",
  "darwin",
  "freebsd",
  "linux",
  "netbsd",
  "openbsd",
  "openharmony",
  "sunos",
  "win32",
];
const CPU = [
  ["armeabi", "arm"],
  ["arm-", "arm"],
  ["arm64", "arm64"],
  ["ia32", "ia32"],
  ["loong64", "loong64"],
  ["mips64el", "mips64el"],
  ["ppc64", "ppc64"],
  ["riscv64", "riscv64"],
  ["s390x", "s390x"],
  ["x64", "x64"],
  ["arm", "arm"],
];

const file = new URL("../package-lock.json", import.meta.url);
const lock = JSON.parse(readFileSync(file, "utf8"));
let added = 0;
for (const [path, entry] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    if (isLocked(path, name) || !/^\d/.test(version)) continue;
    const platform = name.split("/").pop() ?? "";
    const os = OS.find((candidate) => platform.includes(candidate));
    const cpu = CPU.find(([part]) => platform.includes(part))?.[1];
    if (os === undefined || cpu === undefined) {
      console.error(
        `complete-lock: the platform of the optional package ${name} is not in its name; add it by hand`,
      );
      process.exitCode = 1;
      continue;
    }
    lock.packages[`node_modules/${name}`] = {
      version,
      cpu: [cpu],
      ...(entry.dev ? { dev: true } : {}),
      optional: true,
      os: [os],
    };
    added++;
  }
}
const { "": root, ...rest } = lock.packages;
lock.packages = {
  "": root,
  ...Object.fromEntries(Object.entries(rest).sort(([a], [b]) => (a < b ? -1 : 1))),
};
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
console.log(`complete-lock: ${added} optional packages added`);

/** Whether node's resolution from `path` finds `name` in the lock file. */
function isLocked(path, name) {
  for (let folder = path; ; folder = folder.replace(/(^|\/)node_modules\/(@[^/]+\/)?[^/]+$/, "")) {
    if (lock.packages[`${folder === "" ? "" : `${folder}/`}node_modules/${name}`] !== undefined)
      return true;
    if (folder === "") return false;
  }
}
