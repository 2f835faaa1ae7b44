/** Retriers and catchers. */
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { Json } from "../../../../src/json/json.ts";
import { isArray, isObject } from "../../../../src/json/kind.ts";
import type { JsonPath } from "../../document/json-path.ts";
import type { QueryLanguage } from "../../workflow/state-templates.ts";
import { machineOf } from "../../workflow/states.ts";
import { ErrorNames } from "./error-names.tsx";
import { JsonField } from "./json-field.tsx";
import { ListEditor } from "./list-editor.tsx";
import { NumberField } from "./number-field.tsx";
import { OptionsField } from "./options-field.tsx";
import { PathField } from "./path-field.tsx";
import { TargetField } from "./target-field.tsx";
import { TextField } from "./text-field.tsx";

interface Props {
  readonly path: JsonPath;
  readonly language: QueryLanguage;
}

export function ErrorHandling({ path, language }: Props) {
  return (
    <SpaceBetween size="l">
      <section aria-label="Retry on errors">
        <Header variant="h3" description="The first retrier with the error's name is used.">
          Retry on errors
        </Header>
        <ListEditor
          base={path}
          field="Retry"
          what="retrier"
          initial={newRetrier}
          titleOf={(retrier, index) => `Retrier ${index + 1}: ${errorsOf(retrier)}`}
        >
          {(retrier) => <Retrier path={retrier} />}
        </ListEditor>
      </section>
      <section aria-label="Catch errors">
        <Header
          variant="h3"
          description="What happens when retries are used up, or there are none."
        >
          Catch errors
        </Header>
        <ListEditor
          base={path}
          field="Catch"
          what="catcher"
          initial={() => ({ ErrorEquals: ["States.ALL"] })}
          titleOf={(catcher, index) => `Catcher ${index + 1}: ${errorsOf(catcher)}`}
        >
          {(catcher) => <Catcher path={catcher} machine={machineOf(path)} language={language} />}
        </ListEditor>
      </section>
    </SpaceBetween>
  );
}

function newRetrier(): Json {
  return { ErrorEquals: ["States.ALL"], IntervalSeconds: 1, MaxAttempts: 3, BackoffRate: 2 };
}

function errorsOf(element: Json): string {
  const names = isObject(element) ? element["ErrorEquals"] : undefined;
  return isArray(names) && names.length > 0 ? names.map(String).join(", ") : "no errors";
}

function Retrier({ path }: { readonly path: JsonPath }) {
  return (
    <SpaceBetween size="s">
      <ErrorNames path={[...path, "ErrorEquals"]} />
      <div className="form-columns">
        <NumberField
          base={path}
          steps={["IntervalSeconds"]}
          label="Interval"
          constraint="Seconds; 1 if empty"
          placeholder="1"
        />
        <NumberField
          base={path}
          steps={["MaxAttempts"]}
          label="Max attempts"
          constraint="3 if empty"
          placeholder="3"
        />
        <NumberField
          base={path}
          steps={["BackoffRate"]}
          label="Backoff rate"
          constraint="2 if empty"
          placeholder="2.0"
        />
        <NumberField
          base={path}
          steps={["MaxDelaySeconds"]}
          label="Max delay"
          constraint="Seconds; no limit if empty"
        />
      </div>
      <OptionsField
        base={path}
        steps={["JitterStrategy"]}
        label="Jitter"
        none="None"
        options={[
          { value: "FULL", label: "Full", description: "Waits some part of the delay, by chance" },
          { value: "NONE", label: "None (written)" },
        ]}
      />
      <TextField base={path} steps={["Comment"]} label="Comment" />
    </SpaceBetween>
  );
}

interface CatcherProps {
  readonly path: JsonPath;
  readonly machine: JsonPath;
  readonly language: QueryLanguage;
}

function Catcher({ path, machine, language }: CatcherProps) {
  return (
    <SpaceBetween size="s">
      <ErrorNames path={[...path, "ErrorEquals"]} />
      <TargetField
        reference={{ kind: "Catch", machine, path: [...path, "Next"] }}
        label="Fallback state"
      />
      {language === "JSONata" ? (
        <JsonField
          base={path}
          steps={["Output"]}
          label="Output"
          description="The next state's input. Without it: Error and Cause."
        />
      ) : (
        <PathField
          base={path}
          steps={["ResultPath"]}
          label="ResultPath"
          description="Where in the input Error and Cause are put. Without it: instead of the input."
          placeholder="$.error"
          discard="Discard the error, keep the input"
        />
      )}
      <JsonField
        base={path}
        steps={["Assign"]}
        label="Assign"
        description="Variables that are set"
      />
      <TextField base={path} steps={["Comment"]} label="Comment" />
    </SpaceBetween>
  );
}
