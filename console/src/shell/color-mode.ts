/** Light or dark: as the person chose, or as the system is. */
import { applyMode, Mode } from "@cloudscape-design/global-styles";

export type ColorMode = "system" | "light" | "dark";

const KEY = "stepwell.color-mode";
const systemIsDark = matchMedia("(prefers-color-scheme: dark)");

export function readColorMode(): ColorMode {
  const stored = localStorage.getItem(KEY);
  return stored === "light" || stored === "dark" ? stored : "system";
}

export function storeColorMode(mode: ColorMode): void {
  localStorage.setItem(KEY, mode);
  apply();
}

/** To be called once, before anything is drawn. */
export function followColorMode(): void {
  apply();
  systemIsDark.addEventListener("change", apply);
}

function apply(): void {
  const mode = readColorMode();
  const isDark = mode === "dark" || (mode === "system" && systemIsDark.matches);
  applyMode(isDark ? Mode.Dark : Mode.Light);
  document.documentElement.style.colorScheme = isDark ? "dark" : "light";
}
