/** The workflow editor: palette, canvas, form and text of one definition. Load it through lazy-studio.tsx. */
import "./studio.css";
import { useCallback, useEffect, useMemo, useState, type ReactNode } from "react";
import type { JsonPath } from "../document/json-path.ts";
import { moveState } from "../workflow/edit-flow.ts";
import type { Reference } from "../workflow/references.ts";
import { nameOf } from "../workflow/states.ts";
import { Canvas } from "./canvas.tsx";
import { CodePane } from "./code-pane.tsx";
import { DragProvider } from "./drag.tsx";
import { InsertDialog } from "./insert-dialog.tsx";
import { Inspector } from "./inspector/inspector.tsx";
import { MoveDialog } from "./move-dialog.tsx";
import { PalettePanel } from "./palette-panel.tsx";
import { ProblemsPanel } from "./problems-panel.tsx";
import { StudioToolbar, type StudioMode } from "./studio-toolbar.tsx";
import { TestStateDialog } from "./test-state-dialog.tsx";
import { AskContext, type Ask } from "./use-ask.ts";
import { CommandsContext, useCommandList } from "./use-commands.ts";
import { useKeys } from "./use-keys.ts";
import { StudioContext, useStudioState } from "./use-studio.ts";

export interface StudioProps {
  /** The definition's text at the beginning. */
  readonly initial: string;
  readonly type: "STANDARD" | "EXPRESS";
  /** Of the state machine, for the names of files. */
  readonly name: string;
  readonly roleArn?: string | undefined;
  /** Told of each change. */
  readonly onChange: (state: StudioState) => void;
  /** Buttons at the right of the toolbar. */
  readonly actions?: ReactNode;
  /** Shown instead of the canvas when the settings are looked at; undefined: there are none. */
  readonly settings?: ReactNode;
}

export interface StudioState {
  readonly text: string;
  /** How many errors were found last; undefined: the text is no JSON. */
  readonly errors: number | undefined;
}

type Dialog =
  | { readonly kind: "fill"; readonly place: Reference }
  | { readonly kind: "move" | "test"; readonly path: JsonPath };

export function Studio(props: StudioProps) {
  const { initial, type, onChange } = props;
  const studio = useStudioState(initial, type);
  const { draft, problems, isJson } = studio;
  const errors = isJson
    ? problems.filter(({ severity }) => severity === "ERROR").length
    : undefined;
  useEffect(() => onChange({ text: draft.text, errors }), [onChange, draft.text, errors]);
  return (
    <StudioContext value={studio}>
      <DragProvider>
        <StudioBody {...props} studio={studio} />
      </DragProvider>
    </StudioContext>
  );
}

function StudioBody({
  studio,
  name,
  roleArn,
  actions,
  settings,
}: StudioProps & { readonly studio: ReturnType<typeof useStudioState> }) {
  const [mode, setMode] = useState<StudioMode>("design");
  const [dialog, setDialog] = useState<Dialog>();
  const close = useCallback(() => setDialog(undefined), []);
  const ask = useMemo(
    (): Ask => ({
      fill: (place) => setDialog({ kind: "fill", place }),
      move: (path) => setDialog({ kind: "move", path }),
      test: (path) => setDialog({ kind: "test", path }),
    }),
    [],
  );
  const commands = useCommandList(studio, ask);
  useKeys(studio, commands, ask);
  return (
    <AskContext value={ask}>
      <CommandsContext value={commands}>
        <div className={`studio studio-${mode}`}>
          <StudioToolbar
            mode={mode}
            onMode={setMode}
            hasSettings={settings !== undefined}
            name={name}
            actions={actions}
          />
          {mode === "settings" ? <div className="studio-settings">{settings}</div> : null}
          <div className="studio-panes" hidden={mode === "settings"}>
            {mode === "code" ? <CodePane /> : <PalettePanel onChoose={commands.add} />}
            <Canvas onFill={ask.fill} onDrop={commands.drop} onConnect={commands.connect} />
            {mode === "code" ? null : <Inspector />}
          </div>
          <ProblemsPanel onShowCode={() => setMode("code")} />
        </div>
        {dialog?.kind === "fill" ? (
          <InsertDialog
            place={dialog.place}
            onDismiss={close}
            onChoose={(item) => {
              commands.insert(item, dialog.place);
              close();
            }}
          />
        ) : null}
        {dialog?.kind === "move" ? (
          <MoveDialog
            path={dialog.path}
            onDismiss={close}
            onMove={(place) => {
              const { path } = dialog;
              studio.edit(`Move ${nameOf(path)}`, (editor) => moveState(editor, path, place));
              close();
            }}
          />
        ) : null}
        {dialog?.kind === "test" ? (
          <TestStateDialog path={dialog.path} roleArn={roleArn} onDismiss={close} />
        ) : null}
      </CommandsContext>
    </AskContext>
  );
}
