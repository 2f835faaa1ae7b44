/** Tabs for narrow panes; Cloudscape's need more room. Arrow keys go from one to the next. */
import { useId, useRef, type KeyboardEvent, type ReactNode } from "react";

export interface PaneTab {
  readonly id: string;
  readonly label: string;
  /** A mark that something in it is wrong. */
  readonly hasError?: boolean;
}

interface Props {
  readonly label: string;
  readonly tabs: readonly PaneTab[];
  /** Undefined: none is chosen. */
  readonly active: string | undefined;
  readonly onChange: (id: string) => void;
  /** Of the active tab. */
  readonly children: ReactNode;
}

export function PaneTabs({ label, tabs, active, onChange, children }: Props) {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const move = (event: KeyboardEvent): void => {
    const steps: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1 };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const index = tabs.findIndex((tab) => tab.id === active);
    const next = tabs[(Math.max(index, 0) + step + tabs.length) % tabs.length]!;
    onChange(next.id);
    list.current?.querySelector<HTMLElement>(`[data-tab="${next.id}"]`)?.focus();
  };
  return (
    <>
      <div ref={list} role="tablist" aria-label={label} className="pane-tabs" onKeyDown={move}>
        {tabs.map((tab, index) => (
          <button
            key={tab.id}
            type="button"
            role="tab"
            data-tab={tab.id}
            id={`${id}-${tab.id}`}
            aria-selected={tab.id === active}
            aria-controls={`${id}-panel`}
            tabIndex={tab.id === active || (active === undefined && index === 0) ? 0 : -1}
            onClick={() => onChange(tab.id)}
          >
            {tab.label}
            {tab.hasError === true ? (
              <span className="pane-tab-error" title="There is an error" />
            ) : null}
          </button>
        ))}
      </div>
      <div
        role="tabpanel"
        id={`${id}-panel`}
        className="pane-panel"
        {...(active === undefined ? {} : { "aria-labelledby": `${id}-${active}` })}
      >
        {children}
      </div>
    </>
  );
}
