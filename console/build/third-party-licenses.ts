/** Collects the licences of what is bundled, and the notices, which most of them ask to be passed on. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "vite";

/** Makes `licenses.txt` out of the packages whose modules went into the bundle. */
export function thirdPartyLicenses(): Plugin {
  return {
    name: "third-party-licenses",
    apply: "build",
    generateBundle(_options, bundle) {
      const folders = new Set<string>();
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== "chunk") continue;
        for (const id of chunk.moduleIds) {
          const folder = /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id)?.[0];
          if (folder !== undefined) folders.add(folder.replace(/^\0/, ""));
        }
      }
      const source = [...folders].toSorted().map(licenseOf).join("\n\n");
      this.emitFile({ type: "asset", fileName: "licenses.txt", source });
    },
  };
}

function licenseOf(folder: string): string {
  const { name, version, license } = JSON.parse(
    readFileSync(join(folder, "package.json"), "utf8"),
  ) as { name: string; version: string; license?: string };
  const texts = readdirSync(folder)
    .filter((entry) => /^(licen[cs]e|copying|notice|third-party-licen[cs]es)/i.test(entry))
    .map((entry) => readFileSync(join(folder, entry), "utf8").trim());
  return [`${name} ${version} (${license ?? "see text"})`, ...texts].join("\n\n");
}
