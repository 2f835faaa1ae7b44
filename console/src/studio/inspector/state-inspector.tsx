/** The fields of one state. */
import Alert from "@cloudscape-design/components/alert";
import Link from "@cloudscape-design/components/link";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState, type ReactNode } from "react";
import type { JsonObject } from "../../../../src/json/json.ts";
import { isObject } from "../../../../src/json/kind.ts";
import { valueAt } from "../../document/change-value.ts";
import type { JsonPath } from "../../document/json-path.ts";
import { PaneTabs, type PaneTab } from "../../components/pane-tabs.tsx";
import { stateType } from "../../graph/read-graph.ts";
import { StateIcon } from "../../graph/state-icon.tsx";
import { exitOf, isStep } from "../../workflow/references.ts";
import { otherFields, stateForm } from "../../workflow/state-form.ts";
import { languageOf, machineOf, nameOf } from "../../workflow/states.ts";
import { lostFields, switchState } from "../../workflow/switch-language.ts";
import type { QueryLanguage } from "../../workflow/state-templates.ts";
import { useStudio } from "../use-studio.ts";
import { BranchesField } from "./branches-field.tsx";
import { ChoiceRules } from "./choice-rules.tsx";
import { ErrorHandling } from "./error-handling.tsx";
import { FormFields } from "./form-fields.tsx";
import { JsonField } from "./json-field.tsx";
import { LanguageField } from "./language-field.tsx";
import { MapModeField } from "./map-mode-field.tsx";
import { NameField } from "./name-field.tsx";
import { PlaceProblems } from "./place-problems.tsx";
import { ResourceField } from "./resource-field.tsx";
import { TargetField } from "./target-field.tsx";
import { TextField } from "./text-field.tsx";

/** Which tab was looked at last, for all states. */
let lastTab = "configuration";

export function StateInspector({ path }: { readonly path: JsonPath }) {
  const { document } = useStudio();
  const [tab, setTab] = useState(lastTab);
  const state = valueAt(document.value, path);
  if (!isObject(state)) return null;
  const language = languageOf(document.value, path);
  const form = stateForm(state, language);
  const show = (id: string): void => {
    lastTab = id;
    setTab(id);
  };
  const tabs: (PaneTab & { readonly content: ReactNode })[] = [
    {
      id: "configuration",
      label: "Configuration",
      content: (
        <Configuration
          path={path}
          state={state}
          language={language}
          onShowJson={() => show("json")}
        />
      ),
    },
    ...(form.data.length === 0
      ? []
      : [
          {
            id: "data",
            label: form.data.length > 1 ? "Input/output" : "Output",
            content: <FormFields base={path} fields={form.data} />,
          },
        ]),
    ...(form.hasErrorHandling
      ? [
          {
            id: "errors",
            label: "Errors",
            content: <ErrorHandling path={path} language={language} />,
          },
        ]
      : []),
    ...(form.hasAssign
      ? [{ id: "variables", label: "Variables", content: <Variables path={path} /> }]
      : []),
    { id: "json", label: "JSON", content: <StateJson path={path} /> },
  ];
  const active = tabs.find(({ id }) => id === tab) ?? tabs[0];
  return (
    <>
      <div className="inspector-title">
        <StateIcon type={stateType(state)} />
        <h2>{nameOf(path)}</h2>
      </div>
      <PaneTabs label="Fields of the state" tabs={tabs} active={active?.id} onChange={show}>
        <div className="inspector-tab">{active?.content}</div>
      </PaneTabs>
    </>
  );
}

interface ConfigurationProps {
  readonly path: JsonPath;
  readonly state: JsonObject;
  readonly language: QueryLanguage;
  readonly onShowJson: () => void;
}

function Configuration({ path, state, language, onShowJson }: ConfigurationProps) {
  const { document, edit } = useStudio();
  const { configuration } = stateForm(state, language);
  const others = otherFields(state, language);
  const type = stateType(state);
  return (
    <SpaceBetween size="m">
      <PlaceProblems path={path} />
      <NameField path={path} />
      {type === "Task" ? <ResourceField path={path} /> : null}
      {type === "Choice" ? <ChoiceRules path={path} language={language} /> : null}
      {type === "Parallel" ? <BranchesField path={path} /> : null}
      {type === "Map" ? <MapModeField path={path} state={state} /> : null}
      <FormFields base={path} fields={configuration} />
      {isStep(state["Type"]) ? (
        <TargetField reference={exitOf(machineOf(path), nameOf(path))} label="Next state" />
      ) : null}
      <TextField base={path} steps={["Comment"]} label="Comment" isLong />
      {languageOf(document.value, []) === "JSONata" ? null : (
        <LanguageField
          language={language}
          description="Of this state"
          lostBy={(chosen) => lostFields([{ name: nameOf(path), state }], chosen)}
          onChange={(chosen) =>
            edit(`Change to ${chosen}`, (editor) => switchState(editor, path, chosen))
          }
        />
      )}
      {others.length === 0 ? null : (
        <Alert type="info" header="Other fields">
          {others.join(", ")}: they are kept as they are, and can be edited{" "}
          <Link
            variant="primary"
            onFollow={(event) => {
              event.preventDefault();
              onShowJson();
            }}
          >
            as JSON
          </Link>
          .
        </Alert>
      )}
    </SpaceBetween>
  );
}

function Variables({ path }: { readonly path: JsonPath }) {
  return (
    <JsonField
      base={path}
      steps={["Assign"]}
      label="Assign"
      description="Variables for the states that follow: names and values. Read as $name."
    />
  );
}

function StateJson({ path }: { readonly path: JsonPath }) {
  return (
    <JsonField
      base={path}
      steps={[]}
      label="State as JSON"
      description="All fields, also those that the forms do not show"
      isOptional={false}
      isTall
    />
  );
}
