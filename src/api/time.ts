/** AWS JSON's form of a time: epoch seconds with a fraction. `ms` is epoch milliseconds. */
export function seconds(ms: number): number {
  return ms / 1_000;
}
