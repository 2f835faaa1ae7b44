/** Messages at the top of the page about what was done or went wrong. */
import Flashbar, { type FlashbarProps } from "@cloudscape-design/components/flashbar";
import { createContext, use, useCallback, useState, type ReactNode } from "react";
import { describeFailure } from "../api/api-failure.ts";

interface Notifications {
  readonly items: readonly FlashbarProps.MessageDefinition[];
  /** `content` may hold a link to what was made. */
  readonly succeeded: (content: ReactNode) => void;
  readonly failed: (what: string, error: unknown) => void;
}

const NotificationContext = createContext<Notifications | undefined>(undefined);

/** The newest ones stay. */
const MAX_MESSAGES = 4;
/** Good news need not be read to the end. */
const SUCCESS_MS = 8_000;

let lastId = 0;

export function NotificationProvider({ children }: { readonly children: ReactNode }) {
  const [items, setItems] = useState<readonly FlashbarProps.MessageDefinition[]>([]);
  const add = useCallback((message: FlashbarProps.MessageDefinition): void => {
    const id = `message-${(lastId += 1)}`;
    const remove = (): void => setItems((all) => all.filter((one) => one.id !== id));
    const shown = {
      ...message,
      id,
      dismissible: true,
      dismissLabel: "Dismiss the message",
      onDismiss: remove,
    };
    setItems((all) => [shown, ...all].slice(0, MAX_MESSAGES));
    if (message.type === "success") setTimeout(remove, SUCCESS_MS);
  }, []);
  const succeeded = useCallback(
    (content: ReactNode): void => add({ type: "success", content, ariaRole: "status" }),
    [add],
  );
  const failed = useCallback(
    (what: string, error: unknown): void =>
      add({ type: "error", header: what, content: describeFailure(error), ariaRole: "alert" }),
    [add],
  );
  return <NotificationContext value={{ items, succeeded, failed }}>{children}</NotificationContext>;
}

export function useNotifications(): Notifications {
  const notifications = use(NotificationContext);
  if (notifications === undefined) {
    throw new Error("useNotifications is used outside of NotificationProvider");
  }
  return notifications;
}

/** The bar itself; `connection`: what to say about the server. */
export function NotificationBar({ isConnected }: { readonly isConnected: boolean }) {
  const { items } = useNotifications();
  const lost: FlashbarProps.MessageDefinition = {
    id: "connection",
    type: "warning",
    loading: true,
    content: "The server cannot be reached. What you see may be out of date; trying again.",
  };
  return <Flashbar stackItems={false} items={isConnected ? items : [lost, ...items]} />;
}
