/** The query language; changing it takes fields away, so it asks before. */
import Box from "@cloudscape-design/components/box";
import FormField from "@cloudscape-design/components/form-field";
import Select from "@cloudscape-design/components/select";
import { useState } from "react";
import { ConfirmDialog } from "../../components/confirm-dialog.tsx";
import type { QueryLanguage } from "../../workflow/state-templates.ts";

interface Props {
  readonly language: QueryLanguage;
  readonly description: string;
  /** What is lost if the language is changed to this one. */
  readonly lostBy: (language: QueryLanguage) => readonly string[];
  readonly onChange: (language: QueryLanguage) => void;
}

const LANGUAGES: readonly QueryLanguage[] = ["JSONata", "JSONPath"];
const MAX_SHOWN = 12;

export function LanguageField({ language, description, lostBy, onChange }: Props) {
  const [asked, setAsked] = useState<QueryLanguage>();
  const lost = asked === undefined ? [] : lostBy(asked);
  const choose = (chosen: QueryLanguage): void => {
    if (chosen === language) return;
    if (lostBy(chosen).length > 0) setAsked(chosen);
    else onChange(chosen);
  };
  return (
    <>
      <FormField label="Query language" description={description} stretch>
        <Select
          options={LANGUAGES.map((value) => ({ value, label: value }))}
          selectedOption={{ value: language, label: language }}
          onChange={({ detail }) => choose(detail.selectedOption.value as QueryLanguage)}
        />
      </FormField>
      {asked === undefined ? null : (
        <ConfirmDialog
          title={`Change to ${asked}?`}
          confirmText="Change"
          isBusy={false}
          onConfirm={() => {
            onChange(asked);
            setAsked(undefined);
          }}
          onDismiss={() => setAsked(undefined)}
        >
          <Box variant="p">
            These fields do not exist in {asked} and are taken away. Undo brings them back.
          </Box>
          <ul>
            {lost.slice(0, MAX_SHOWN).map((field) => (
              <li key={field}>{field}</li>
            ))}
          </ul>
          {lost.length > MAX_SHOWN ? <Box>and {lost.length - MAX_SHOWN} more</Box> : null}
        </ConfirmDialog>
      )}
    </>
  );
}
