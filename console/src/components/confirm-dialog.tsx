/** Asks before something is done that cannot be undone. */
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { ReactNode } from "react";
import { useFocusReturn } from "./use-focus-return.ts";

interface Props {
  readonly title: string;
  readonly confirmText: string;
  readonly isBusy: boolean;
  readonly children: ReactNode;
  readonly onConfirm: () => void;
  readonly onDismiss: () => void;
}

export function ConfirmDialog({ title, confirmText, isBusy, children, ...props }: Props) {
  useFocusReturn();
  return (
    <Modal
      visible
      header={title}
      onDismiss={props.onDismiss}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={props.onDismiss}>
              Cancel
            </Button>
            <Button variant="primary" loading={isBusy} onClick={props.onConfirm}>
              {confirmText}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      {children}
    </Modal>
  );
}
