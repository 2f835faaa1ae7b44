/** What can be done with the definition as a whole. */
import Button from "@cloudscape-design/components/button";
import SegmentedControl from "@cloudscape-design/components/segmented-control";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { ReactNode } from "react";
import { prettyJson } from "../components/json-text.ts";
import { FileMenu } from "./file-menu.tsx";
import { useAsk } from "./use-ask.ts";
import { useStudio } from "./use-studio.ts";

export type StudioMode = "design" | "code" | "settings";

interface Props {
  readonly mode: StudioMode;
  readonly hasSettings: boolean;
  readonly name: string;
  readonly actions: ReactNode;
  readonly onMode: (mode: StudioMode) => void;
}

export function StudioToolbar({ mode, hasSettings, name, actions, onMode }: Props) {
  const { draft, undo, redo, selected, write, isJson } = useStudio();
  const ask = useAsk();
  const last = draft.done.at(-1)?.label;
  const next = draft.undone.at(-1)?.label;
  const options = [
    { id: "design", text: "Design" },
    { id: "code", text: "Code" },
    ...(hasSettings ? [{ id: "settings", text: "Settings" }] : []),
  ];
  return (
    <div className="studio-toolbar" role="toolbar" aria-label="Workflow editor">
      <SpaceBetween direction="horizontal" size="s" alignItems="center">
        <SegmentedControl
          label="View"
          selectedId={mode}
          options={options}
          onChange={({ detail }) => onMode(detail.selectedId as StudioMode)}
        />
        <span className="toolbar-group">
          <Button
            variant="icon"
            iconName="undo"
            ariaLabel={last === undefined ? "Undo" : `Undo: ${last}`}
            disabled={last === undefined}
            onClick={undo}
          />
          <Button
            variant="icon"
            iconName="redo"
            ariaLabel={next === undefined ? "Redo" : `Redo: ${next}`}
            disabled={next === undefined}
            onClick={redo}
          />
        </span>
        {mode === "code" ? (
          <Button disabled={!isJson} onClick={() => write(prettyJson(draft.text))}>
            Format
          </Button>
        ) : null}
        <Button
          iconName="play"
          disabled={selected === undefined}
          onClick={() => {
            if (selected !== undefined) ask.test(selected);
          }}
        >
          Test state
        </Button>
        <FileMenu name={name} />
      </SpaceBetween>
      <div className="studio-actions">{actions}</div>
    </div>
  );
}
