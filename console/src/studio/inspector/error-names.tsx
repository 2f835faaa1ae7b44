/** Names of errors: those of the language to choose from, and any other. */
import Autosuggest from "@cloudscape-design/components/autosuggest";
import FormField from "@cloudscape-design/components/form-field";
import SpaceBetween from "@cloudscape-design/components/space-between";
import TokenGroup from "@cloudscape-design/components/token-group";
import { useState } from "react";
import { PREDEFINED_ERRORS } from "../../../../src/asl/retry-catch.ts";
import { isArray } from "../../../../src/json/kind.ts";
import type { JsonPath } from "../../document/json-path.ts";
import { useStudio } from "../use-studio.ts";
import { useField } from "./use-field.ts";

const LAMBDA_ERRORS = [
  "Lambda.ServiceException",
  "Lambda.AWSLambdaException",
  "Lambda.SdkClientException",
  "Lambda.TooManyRequestsException",
  "Lambda.ClientExecutionTimeoutException",
];

export function ErrorNames({ path }: { readonly path: JsonPath }) {
  const { edit } = useStudio();
  const { value, errorText, warningText } = useField(path, [], true);
  const [typed, setTyped] = useState("");
  const names = isArray(value) ? value.map(String) : [];
  const options = [...PREDEFINED_ERRORS, ...LAMBDA_ERRORS].filter((name) => !names.includes(name));
  const add = (text: string): void => {
    const name = text.trim();
    setTyped("");
    if (name === "" || names.includes(name)) return;
    edit("Add error", (editor) =>
      // States.ALL must stand alone, so that choosing another name replaces it.
      isArray(value) && !(names.length === 1 && names[0] === "States.ALL")
        ? editor.insert([...path, names.length], name)
        : editor.set(path, [name]),
    );
  };
  return (
    <FormField
      label="Errors"
      description="Choose, or type a name and press Enter"
      errorText={errorText}
      warningText={warningText}
      stretch
    >
      <SpaceBetween size="xxs">
        <Autosuggest
          value={typed}
          ariaLabel="Errors"
          placeholder="Add an error name"
          enteredTextLabel={(text) => `Use: ${text}`}
          options={options.map((name) => ({ value: name }))}
          onChange={({ detail }) => setTyped(detail.value)}
          onSelect={({ detail }) => add(detail.value)}
          onKeyDown={({ detail }) => {
            if (detail.key === "Enter") add(typed);
          }}
        />
        <TokenGroup
          items={names.map((label) => ({ label, dismissLabel: `Remove ${label}` }))}
          onDismiss={({ detail }) =>
            edit("Remove error", (editor) => editor.remove([...path, detail.itemIndex]))
          }
        />
      </SpaceBetween>
    </FormField>
  );
}
