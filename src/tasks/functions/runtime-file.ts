/** Where the scripts are that run beside the server. */
import { fileURLToPath } from "node:url";

/** Absolute path of a file in the package's `runtimes` folder, from `src` and `dist` alike. */
export function runtimeFile(name: string): string {
  return fileURLToPath(new URL(`../../../runtimes/${name}`, import.meta.url));
}
