/** A duration that grows while something runs. */
import { useEffect, useState } from "react";
import { formatDuration } from "./format-time.ts";

const TICK_MS = 250;

interface Props {
  /** Epoch seconds. */
  readonly from: number;
  /** Undefined: it goes on. */
  readonly to: number | undefined;
}

export function ElapsedTime({ from, to }: Props) {
  const [now, setNow] = useState(() => Date.now() / 1000);
  useEffect(() => {
    if (to !== undefined) return;
    const timer = setInterval(() => setNow(Date.now() / 1000), TICK_MS);
    return () => clearInterval(timer);
  }, [to]);
  return <span className="numbers">{formatDuration((to ?? now) - from)}</span>;
}
