/** The menu at the left. */
import SideNavigation from "@cloudscape-design/components/side-navigation";
import { useLocation } from "react-router";
import { paths } from "../routing/paths.ts";
import { useFollow } from "../routing/use-follow.ts";

export function SideMenu() {
  const { pathname } = useLocation();
  const sections = [paths.overview, paths.inbox, paths.activities];
  const active = sections.find((path) => pathname.startsWith(path)) ?? paths.stateMachines;
  return (
    <SideNavigation
      activeHref={active}
      header={{ text: "Step Functions", href: paths.stateMachines }}
      onFollow={useFollow()}
      items={[
        { type: "link", text: "Overview", href: paths.overview },
        { type: "link", text: "State machines", href: paths.stateMachines },
        { type: "link", text: "Inbox", href: paths.inbox },
        { type: "link", text: "Activities", href: paths.activities },
      ]}
    />
  );
}
