/** The console with all that its pages rely on. */
import I18nProvider from "@cloudscape-design/components/i18n";
import messages from "@cloudscape-design/components/i18n/messages/all.en";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { useState } from "react";
import { RouterProvider } from "react-router";
import { ApiFailure } from "./api/api-failure.ts";
import { LiveProvider } from "./live/live-provider.tsx";
import { createRouter } from "./routes.tsx";
import { NotificationProvider } from "./shell/notifications.tsx";

/** Failures of the network and of the server may pass; refusals stay. */
function shouldRetry(failures: number, error: unknown): boolean {
  const isPassing = error instanceof ApiFailure && (error.status === 0 || error.status >= 500);
  return isPassing && failures < 3;
}

export function App() {
  const [router] = useState(createRouter);
  const [client] = useState(
    () =>
      new QueryClient({
        // What changes is told by the server; see live/.
        defaultOptions: {
          queries: { staleTime: 10_000, retry: shouldRetry, refetchOnWindowFocus: false },
        },
      }),
  );
  return (
    <I18nProvider locale="en" messages={[messages]}>
      <QueryClientProvider client={client}>
        <LiveProvider>
          <NotificationProvider>
            <RouterProvider router={router} />
          </NotificationProvider>
        </LiveProvider>
      </QueryClientProvider>
    </I18nProvider>
  );
}
