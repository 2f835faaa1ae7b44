/** The workflow editor, loaded when it is shown first. */
import { lazyComponent } from "../components/lazy-component.tsx";
import type { StudioProps } from "./studio.tsx";

export const LazyStudio = lazyComponent<StudioProps>(
  "workflow editor",
  async () => (await import("./studio.tsx")).Studio,
);
