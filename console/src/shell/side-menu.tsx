/** The menu at the left. */
import SideNavigation from "@cloudscape-design/components/side-navigation";
import { useLocation } from "react-router";
import { paths } from "../routing/paths.ts";
import { useFollow } from "../routing/use-follow.ts";

export function SideMenu() {
  const { pathname } = useLocation();
  const isActivity = pathname.startsWith(paths.activities);
  return (
    <SideNavigation
      activeHref={isActivity ? paths.activities : paths.stateMachines}
      header={{ text: "Step Functions", href: paths.stateMachines }}
      onFollow={useFollow()}
      items={[
        { type: "link", text: "State machines", href: paths.stateMachines },
        { type: "link", text: "Activities", href: paths.activities },
      ]}
    />
  );
}
