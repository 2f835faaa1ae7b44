/** Pages that use the whole window: the menu is closed, and there is no room around them. */
import { createContext, use, useEffect } from "react";

export const WholeWindowContext = createContext<((isWanted: boolean) => void) | undefined>(
  undefined,
);

/** For as long as the page is shown. */
export function useWholeWindow(): void {
  const want = use(WholeWindowContext);
  useEffect(() => {
    want?.(true);
    return () => want?.(false);
  }, [want]);
}
