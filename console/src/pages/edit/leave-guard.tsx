/** Asks before changes that are not saved are left. */
import Box from "@cloudscape-design/components/box";
import { useEffect } from "react";
import { useBlocker } from "react-router";
import { ConfirmDialog } from "../../components/confirm-dialog.tsx";

export function LeaveGuard({ isNeeded }: { readonly isNeeded: boolean }) {
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) =>
      isNeeded && currentLocation.pathname !== nextLocation.pathname,
  );
  useEffect(() => {
    if (!isNeeded) return;
    const ask = (event: BeforeUnloadEvent): void => event.preventDefault();
    addEventListener("beforeunload", ask);
    return () => removeEventListener("beforeunload", ask);
  }, [isNeeded]);
  if (blocker.state !== "blocked") return null;
  return (
    <ConfirmDialog
      title="Leave without saving?"
      confirmText="Leave"
      isBusy={false}
      onConfirm={() => blocker.proceed()}
      onDismiss={() => blocker.reset()}
    >
      <Box variant="p">What you changed in the definition is lost.</Box>
    </ConfirmDialog>
  );
}
