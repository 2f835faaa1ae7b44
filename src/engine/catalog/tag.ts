/** Tags of a state machine or an activity. */
export interface Tag {
  /** 1 to 128 characters. */
  readonly key: string;
  /** Up to 256 characters, may be empty. */
  readonly value: string;
}

/** Tags after `added` were set: known keys keep their place, new ones follow in order. */
export function withTags(tags: readonly Tag[], added: readonly Tag[]): Tag[] {
  const byKey = new Map(tags.map((tag) => [tag.key, tag.value]));
  for (const tag of added) byKey.set(tag.key, tag.value);
  return Array.from(byKey, ([key, value]) => ({ key, value }));
}

/** Tags without those of the given keys; unknown keys are ignored. */
export function withoutTags(tags: readonly Tag[], keys: readonly string[]): Tag[] {
  return tags.filter((tag) => !keys.includes(tag.key));
}
