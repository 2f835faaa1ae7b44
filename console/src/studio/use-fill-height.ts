/** Lets an element reach down to the end of the window. */
import { useLayoutEffect, useRef, type RefObject } from "react";

/** Pixels that stay free below. */
const MARGIN = 8;

/** Sets `--studio-height` of the element, whatever stands above it. */
export function useFillHeight(): RefObject<HTMLDivElement | null> {
  const element = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const fill = (): void => {
      const { current } = element;
      if (current === null) return;
      const top = current.getBoundingClientRect().top + scrollY;
      current.style.setProperty("--studio-height", `${Math.round(innerHeight - top - MARGIN)}px`);
    };
    fill();
    addEventListener("resize", fill);
    // Messages above it come and go.
    const observer = new ResizeObserver(fill);
    observer.observe(document.body);
    return () => {
      removeEventListener("resize", fill);
      observer.disconnect();
    };
  }, []);
  return element;
}
