/** The fields of the whole definition. */
import Box from "@cloudscape-design/components/box";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { startOf } from "../../workflow/references.ts";
import { allStates, languageOf } from "../../workflow/states.ts";
import { lostFields, switchDefinition } from "../../workflow/switch-language.ts";
import { useStudio } from "../use-studio.ts";
import { LanguageField } from "./language-field.tsx";
import { NumberField } from "./number-field.tsx";
import { PlaceProblems } from "./place-problems.tsx";
import { TargetField } from "./target-field.tsx";
import { TextField } from "./text-field.tsx";

export function DefinitionInspector() {
  const { document, edit } = useStudio();
  const states = [...allStates(document.value)];
  return (
    <div className="inspector-content">
      <SpaceBetween size="m">
        <Header variant="h2" description="Select a state to see its fields.">
          Workflow
        </Header>
        <PlaceProblems path={[]} />
        <TextField base={[]} steps={["Comment"]} label="Comment" isLong />
        <LanguageField
          language={languageOf(document.value, [])}
          description="Of all states that have none of their own"
          lostBy={(language) =>
            lostFields(
              states.filter(({ path }) => languageOf(document.value, path) !== language),
              language,
            )
          }
          onChange={(language) =>
            edit(`Change to ${language}`, (editor) => switchDefinition(editor, language))
          }
        />
        <TargetField reference={startOf([])} label="Starts with" />
        <NumberField
          base={[]}
          steps={["TimeoutSeconds"]}
          label="Time-out of an execution"
          constraint="Seconds; no limit if empty"
        />
        <TextField
          base={[]}
          steps={["Version"]}
          label="Version of the Amazon States Language"
          placeholder="1.0"
        />
        <Box color="text-body-secondary">
          {states.length} {states.length === 1 ? "state" : "states"}
        </Box>
      </SpaceBetween>
    </div>
  );
}
