/** A page that is filled by the workflow editor. */
import { useEffect, useEffectEvent, type ReactNode } from "react";
import { useWholeWindow } from "../shell/whole-window.tsx";
import { LazyStudio } from "./lazy-studio.tsx";
import type { StudioProps } from "./studio.tsx";
import { useFillHeight } from "./use-fill-height.ts";

interface Props extends StudioProps {
  readonly title: string;
  /** Above the editor. */
  readonly messages?: ReactNode;
  /** For Ctrl+S. */
  readonly onSave: () => void;
}

export function StudioPage({ title, messages, onSave, ...studio }: Props) {
  useWholeWindow();
  const place = useFillHeight();
  const save = useEffectEvent(onSave);
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      if (event.key !== "s" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      save();
    };
    addEventListener("keydown", pressed);
    return () => removeEventListener("keydown", pressed);
  }, []);
  return (
    <div className="studio-page">
      <h1 className="studio-title">{title}</h1>
      {messages}
      <div ref={place}>
        <LazyStudio {...studio} />
      </div>
    </div>
  );
}
