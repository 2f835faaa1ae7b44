/** What surrounds every page. */
import AppLayout from "@cloudscape-design/components/app-layout";
import BreadcrumbGroup from "@cloudscape-design/components/breadcrumb-group";
import { useCallback, useEffect, useState } from "react";
import { Outlet, useLocation } from "react-router";
import { useLive } from "../live/live-provider.tsx";
import { breadcrumbsOf } from "../routing/breadcrumbs.ts";
import { useFollow } from "../routing/use-follow.ts";
import { ErrorBoundary } from "./error-boundary.tsx";
import { NotificationBar } from "./notifications.tsx";
import { SideMenu } from "./side-menu.tsx";
import { TopBar } from "./top-bar.tsx";
import { WholeWindowContext } from "./whole-window.tsx";

/** Windows of so many pixels have room for the menu. */
const WIDE = 1_200;

export function AppShell() {
  const { pathname } = useLocation();
  const [isMenuOpen, setIsMenuOpen] = useState(() => innerWidth >= WIDE);
  const [isWhole, setIsWhole] = useState(false);
  const wantWhole = useCallback((isWanted: boolean): void => {
    setIsWhole(isWanted);
    setIsMenuOpen(!isWanted && innerWidth >= WIDE);
  }, []);
  const follow = useFollow();
  const { isConnected } = useLive();
  const breadcrumbs = breadcrumbsOf(pathname);
  const title = breadcrumbs.slice(1).map(({ text }) => text);
  useEffect(() => {
    document.title = [...title.toReversed(), "Stepwell"].join(" · ");
  });
  return (
    <>
      <div id="top-bar">
        <TopBar />
      </div>
      <AppLayout
        headerSelector="#top-bar"
        navigation={<SideMenu />}
        navigationOpen={isMenuOpen}
        onNavigationChange={({ detail }) => setIsMenuOpen(detail.open)}
        navigationWidth={220}
        breadcrumbs={<BreadcrumbGroup items={[...breadcrumbs]} onFollow={follow} />}
        notifications={<NotificationBar isConnected={isConnected} />}
        stickyNotifications
        toolsHide
        disableContentPaddings={isWhole}
        {...(isWhole ? { maxContentWidth: Number.MAX_VALUE } : {})}
        content={
          <ErrorBoundary key={pathname}>
            <WholeWindowContext value={wantWhole}>
              <Outlet />
            </WholeWindowContext>
          </ErrorBoundary>
        }
      />
    </>
  );
}
