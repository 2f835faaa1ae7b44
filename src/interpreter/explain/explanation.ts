/** Why an execution is where it is, in words for people. */

export interface Explanation {
  /** One or two sentences. */
  readonly summary: string;
  /** What it was about, with the values at hand. */
  readonly facts: readonly Fact[];
  /** What to change, the most likely first. */
  readonly fixes: readonly string[];
}

export interface Fact {
  readonly label: string;
  readonly value: string;
}

/** Most facts and fixes of one explanation; more would not be read. */
const MAX_FACTS = 40;
const MAX_FIXES = 6;
const MAX_SUMMARY_LENGTH = 1_000;
const MAX_VALUE_LENGTH = 2_000;

/** The explanation within its bounds, every fix once. */
export function bounded({ summary, facts, fixes }: Explanation): Explanation {
  return {
    summary: cut(summary, MAX_SUMMARY_LENGTH),
    facts: facts.slice(0, MAX_FACTS).map(({ label, value }) => ({
      label: cut(label, MAX_SUMMARY_LENGTH),
      value: cut(value, MAX_VALUE_LENGTH),
    })),
    fixes: [...new Set(fixes)].slice(0, MAX_FIXES).map((fix) => cut(fix, MAX_SUMMARY_LENGTH)),
  };
}

/** The text as a whole sentence: with a full stop if it has none, the first letter a capital. */
export function sentence(text: string): string {
  const whole = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?…)]$/u.test(whole.trimEnd()) ? whole.trimEnd() : `${whole.trimEnd()}.`;
}

/** The text, or its beginning and how long it is. */
export function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  // Not in the middle of a pair of surrogates.
  const end = /[\uD800-\uDBFF]/u.test(text.charAt(length - 1)) ? length - 1 : length;
  return `${text.slice(0, end)}… (${text.length} characters)`;
}
