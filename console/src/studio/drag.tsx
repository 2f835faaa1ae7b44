/** Dragging things onto the canvas with a mouse, a pen or a finger. */
import {
  createContext,
  use,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
  type PointerEvent as ReactPointerEvent,
  type ReactNode,
} from "react";
import { StateIcon } from "../graph/state-icon.tsx";
import type { StateType } from "../graph/graph-model.ts";
import type { JsonPath } from "../document/json-path.ts";
import type { PaletteItem } from "../workflow/palette.ts";
import type { Reference } from "../workflow/references.ts";

/** What is dragged: something new, a state, or the end of a way. */
export type DragSource =
  | { readonly kind: "new"; readonly item: PaletteItem }
  | { readonly kind: "state"; readonly path: JsonPath; readonly type: StateType | undefined }
  | { readonly kind: "way"; readonly reference: Reference; readonly title: string };

/** The canvas: it knows where things can be dropped. */
export interface DropArea {
  /** Called while something is dragged, in pixels of the window. */
  readonly over: (source: DragSource, x: number, y: number) => void;
  readonly drop: (source: DragSource, x: number, y: number) => void;
  readonly leave: () => void;
}

interface Dragging {
  readonly source: DragSource | undefined;
  readonly begin: (source: DragSource, event: ReactPointerEvent) => void;
  /** Where things are dropped; gives a function that takes it away again. */
  readonly register: (area: DropArea) => () => void;
}

const DragContext = createContext<Dragging | undefined>(undefined);

/** Pixels that a pointer may move and still clicks. */
const SLACK = 5;

export function DragProvider({ children }: { readonly children: ReactNode }) {
  const [source, setSource] = useState<DragSource>();
  const ghost = useRef<HTMLDivElement>(null);
  const area = useRef<DropArea>(undefined);
  const stop = useRef<() => void>(undefined);
  const begin = useCallback((dragged: DragSource, event: ReactPointerEvent) => {
    if (event.button !== 0) return;
    const start = { x: event.clientX, y: event.clientY };
    let isDragging = false;
    const move = ({ clientX: x, clientY: y }: PointerEvent): void => {
      if (!isDragging && Math.hypot(x - start.x, y - start.y) < SLACK) return;
      if (!isDragging) {
        isDragging = true;
        setSource(dragged);
        document.body.classList.add("is-dragging");
      }
      area.current?.over(dragged, x, y);
      if (ghost.current !== null) ghost.current.style.translate = `${x + 12}px ${y + 8}px`;
    };
    const end = (): void => {
      removeEventListener("pointermove", move);
      removeEventListener("pointerup", drop);
      removeEventListener("pointercancel", end);
      removeEventListener("keydown", key, true);
      document.body.classList.remove("is-dragging");
      area.current?.leave();
      setSource(undefined);
    };
    const drop = ({ clientX, clientY }: PointerEvent): void => {
      if (isDragging) {
        area.current?.drop(dragged, clientX, clientY);
        // What was dragged is not clicked, too.
        addEventListener("click", swallow, { capture: true, once: true });
        setTimeout(() => removeEventListener("click", swallow, true));
      }
      end();
    };
    const key = (pressed: KeyboardEvent): void => {
      if (pressed.key !== "Escape") return;
      pressed.stopPropagation();
      end();
    };
    addEventListener("pointermove", move);
    addEventListener("pointerup", drop);
    addEventListener("pointercancel", end);
    addEventListener("keydown", key, true);
    stop.current = end;
  }, []);
  useEffect(() => () => stop.current?.(), []);
  const register = useCallback((registered: DropArea) => {
    area.current = registered;
    return () => {
      if (area.current === registered) area.current = undefined;
    };
  }, []);
  const dragging = useMemo(() => ({ source, begin, register }), [source, begin, register]);
  return (
    <DragContext value={dragging}>
      {children}
      <div ref={ghost} className="drag-ghost" aria-hidden hidden={source === undefined}>
        {source === undefined ? null : <Ghost source={source} />}
      </div>
    </DragContext>
  );
}

function swallow(event: Event): void {
  event.stopPropagation();
  event.preventDefault();
}

function Ghost({ source }: { readonly source: DragSource }) {
  switch (source.kind) {
    case "new":
      return (
        <>
          <StateIcon type={source.item.type} /> {source.item.title}
        </>
      );
    case "state":
      return (
        <>
          <StateIcon type={source.type} /> {String(source.path.at(-1))}
        </>
      );
    case "way":
      return <>{source.title} → …</>;
  }
}

export function useDragging(): Dragging {
  const dragging = use(DragContext);
  if (dragging === undefined) throw new Error("useDragging is used outside of DragProvider");
  return dragging;
}
