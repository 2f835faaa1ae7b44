/** The bar at the top: name, theme, documentation. */
import TopNavigation from "@cloudscape-design/components/top-navigation";
import { useState } from "react";
import { paths } from "../routing/paths.ts";
import { useFollow } from "../routing/use-follow.ts";
import { readColorMode, storeColorMode, type ColorMode } from "./color-mode.ts";

const MODES: readonly { readonly id: ColorMode; readonly text: string }[] = [
  { id: "light", text: "Light" },
  { id: "dark", text: "Dark" },
  { id: "system", text: "As the system" },
];

export function TopBar() {
  const follow = useFollow();
  const [mode, setMode] = useState(readColorMode);
  return (
    <TopNavigation
      identity={{
        title: "Stepwell",
        href: paths.stateMachines,
        logo: { src: "/favicon.svg", alt: "" },
        onFollow: (event) =>
          follow({
            preventDefault: () => event.preventDefault(),
            detail: { href: paths.stateMachines },
          }),
      }}
      utilities={[
        {
          type: "menu-dropdown",
          text: "Theme",
          ariaLabel: "Theme",
          items: MODES.map(({ id, text }) => ({
            itemType: "checkbox",
            id,
            text,
            checked: id === mode,
          })),
          onItemClick: ({ detail }) => {
            const chosen = detail.id as ColorMode;
            storeColorMode(chosen);
            setMode(chosen);
          },
        },
      ]}
    />
  );
}
