/** Gives the focus back to where it was when a dialog came up. */
import { useEffect, useState } from "react";

export function useFocusReturn(): void {
  // While it is drawn first, nothing in the dialog has the focus yet.
  const [before] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      // After the dialog is gone from the page.
      setTimeout(() => {
        if (before instanceof HTMLElement && before.isConnected) before.focus();
      });
    },
    [before],
  );
}
