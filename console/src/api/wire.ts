/** The shapes of AWS's SDK as they are on the wire. */

/**
 * An SDK type as JSON carries it: dates are epoch seconds, and members that are always there (which
 * the SDK writes as `name: T | undefined`) cannot be undefined.
 */
export type Wire<T> = T extends Date
  ? number
  : T extends readonly (infer Element)[]
    ? readonly Wire<Element>[]
    : T extends object
      ? { readonly [Name in keyof T]: WireMember<T, Name> }
      : T;

type WireMember<T, Name extends keyof T> =
  object extends Pick<T, Name> ? Wire<T[Name]> : Wire<Exclude<T[Name], undefined>>;
