/** The rule for names of what is created here: what AWS recommends, as CloudWatch knows no others. */

const MAX_LENGTH = 80;

/** What is wrong with a name; undefined: nothing. */
export function nameProblem(name: string): string | undefined {
  if (name === "") return "Give it a name.";
  if (name.length > MAX_LENGTH) return `Use at most ${MAX_LENGTH} characters.`;
  if (!/^[\w-]+$/.test(name)) return "Use letters, digits, - and _ only.";
  return undefined;
}
