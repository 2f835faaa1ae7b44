/**
 * Names of client packages that have hyphens, after `@aws-sdk/client-`. Only messages use them: a
 * service that is missing here is called like any other once its package is installed.
 */
const HYPHENATED = `
  
`;

/** What stands after `@aws-sdk/client-` in a package's name, by the same without hyphens. */
export function packageToInstall(compactName: string): string | undefined {
  for (const name of HYPHENATED.trim().split(/\s+/)) {
    if (name.replaceAll("-", "").replace(/(?<=.)service$/, "") === compactName) return name;
  }
  return undefined;
}
