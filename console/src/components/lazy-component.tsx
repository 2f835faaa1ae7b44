/** Components whose code is loaded when they are shown first. */
import { lazy, Suspense, type ComponentType } from "react";
import { PageSpinner } from "./page-spinner.tsx";

/** `label`: what is being loaded, for those who do not see it. */
export function lazyComponent<Props extends object>(
  label: string,
  load: () => Promise<ComponentType<Props>>,
): ComponentType<Props> {
  const Loaded = lazy(async () => ({ default: await load() }));
  return function LazyComponent(props: Props) {
    return (
      <Suspense fallback={<PageSpinner label={label} />}>
        <Loaded {...props} />
      </Suspense>
    );
  };
}
