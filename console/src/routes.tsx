/** Which page stands at which address. Pages are loaded when they are opened first. */
import { createBrowserRouter, Navigate, type RouteObject } from "react-router";
import { AppShell } from "./shell/app-shell.tsx";
import { NotFoundPage } from "./pages/not-found-page.tsx";
import { paths } from "./routing/paths.ts";

const routes: RouteObject[] = [
  {
    Component: AppShell,
    children: [
      { path: "/", element: <Navigate to={paths.stateMachines} replace /> },
      {
        path: "/state-machines",
        lazy: async () => ({
          Component: (await import("./pages/state-machines/state-machines-page.tsx"))
            .StateMachinesPage,
        }),
      },
      {
        path: "/state-machines/create",
        lazy: async () => ({
          Component: (await import("./pages/create/create-page.tsx")).CreatePage,
        }),
      },
      {
        path: "/state-machines/:arn",
        lazy: async () => ({
          Component: (await import("./pages/state-machine/state-machine-page.tsx"))
            .StateMachinePage,
        }),
      },
      {
        path: "/state-machines/:arn/edit",
        lazy: async () => ({
          Component: (await import("./pages/edit/edit-page.tsx")).EditPage,
        }),
      },
      {
        path: "/executions/:arn",
        lazy: async () => ({
          Component: (await import("./pages/execution/execution-page.tsx")).ExecutionPage,
        }),
      },
      {
        path: "/map-runs/:arn",
        lazy: async () => ({
          Component: (await import("./pages/map-run/map-run-page.tsx")).MapRunPage,
        }),
      },
      {
        path: "/compare/:arn",
        lazy: async () => ({
          Component: (await import("./pages/compare/compare-page.tsx")).ComparePage,
        }),
      },
      {
        path: "/overview",
        lazy: async () => ({
          Component: (await import("./pages/overview/overview-page.tsx")).OverviewPage,
        }),
      },
      {
        path: "/inbox",
        lazy: async () => ({
          Component: (await import("./pages/inbox/inbox-page.tsx")).InboxPage,
        }),
      },
      {
        path: "/activities",
        lazy: async () => ({
          Component: (await import("./pages/activities/activities-page.tsx")).ActivitiesPage,
        }),
      },
      { path: "*", Component: NotFoundPage },
    ],
  },
];

export function createRouter() {
  return createBrowserRouter(routes);
}
