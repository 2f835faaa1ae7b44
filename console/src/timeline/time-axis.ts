/** Round times for the axis of a time line. */

/** Seconds between ticks that people can read. */
const STEPS = [
  0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900,
  1_800, 3_600, 7_200, 21_600, 43_200, 86_400, 172_800, 604_800, 2_592_000, 31_536_000,
];

export interface Tick {
  /** Seconds after the beginning. */
  readonly at: number;
  readonly label: string;
}

/** Ticks from 0 to `length` seconds, about `count` of them. */
export function timeTicks(length: number, count: number): readonly Tick[] {
  const step = STEPS.find((one) => length / one <= count) ?? length / count;
  const ticks: Tick[] = [];
  for (let index = 0; index * step <= length; index += 1) {
    const at = index * step;
    ticks.push({ at, label: at === 0 ? "0" : shortDuration(at) });
  }
  return ticks;
}

/** `1.5 s`, `200 ms`, `3 min`, `2 h`, `4 d`: as short as it can be said. */
export function shortDuration(seconds: number): string {
  const round = (value: number): string => String(Math.round(value * 100) / 100);
  if (seconds < 0.001) return seconds === 0 ? "0 ms" : "< 1 ms";
  if (seconds < 1) return `${round(seconds * 1000)} ms`;
  if (seconds < 60) return `${round(seconds)} s`;
  if (seconds < 3_600) return `${round(seconds / 60)} min`;
  if (seconds < 86_400) return `${round(seconds / 3_600)} h`;
  return `${round(seconds / 86_400)} d`;
}
