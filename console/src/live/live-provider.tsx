/** Keeps cached answers fresh while the server tells what changes. */
import { useQueryClient } from "@tanstack/react-query";
import {
  createContext,
  use,
  useCallback,
  useEffect,
  useMemo,
  useState,
  type ReactNode,
} from "react";
import { LiveConnection, type WatchedExecution } from "./live-connection.ts";
import { StaleQueries } from "./stale-queries.ts";

interface Live {
  /** False: the server cannot be reached at the moment. */
  readonly isConnected: boolean;
  readonly watch: (watched: WatchedExecution) => () => void;
}

const LiveContext = createContext<Live | undefined>(undefined);

export function LiveProvider({ children }: { readonly children: ReactNode }) {
  const client = useQueryClient();
  const [isConnected, setIsConnected] = useState(true);
  const [connection] = useState(() => {
    const stale = new StaleQueries((queryKey) => void client.invalidateQueries({ queryKey }));
    return new LiveConnection({
      changed: (changes) => stale.add(changes),
      caughtUp: () => stale.addAll(),
      connected: setIsConnected,
    });
  });
  useEffect(() => connection.open(), [connection]);
  const watch = useCallback((watched: WatchedExecution) => connection.watch(watched), [connection]);
  const live = useMemo(() => ({ isConnected, watch }), [isConnected, watch]);
  return <LiveContext value={live}>{children}</LiveContext>;
}

export function useLive(): Live {
  const live = use(LiveContext);
  if (live === undefined) throw new Error("useLive is used outside of LiveProvider");
  return live;
}
