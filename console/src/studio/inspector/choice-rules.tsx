/** The rules of a Choice, and what comes if none holds. */
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { choiceCondition } from "../../graph/choice-condition.ts";
import type { JsonPath } from "../../document/json-path.ts";
import type { QueryLanguage } from "../../workflow/state-templates.ts";
import { machineOf } from "../../workflow/states.ts";
import { ConditionEditor } from "./condition-editor.tsx";
import { JsonField } from "./json-field.tsx";
import { ListEditor } from "./list-editor.tsx";
import { TargetField } from "./target-field.tsx";
import { TextField } from "./text-field.tsx";

interface Props {
  readonly path: JsonPath;
  readonly language: QueryLanguage;
}

export function ChoiceRules({ path, language }: Props) {
  const machine = machineOf(path);
  return (
    <SpaceBetween size="m">
      <ListEditor
        base={path}
        field="Choices"
        what="rule"
        initial={() => ({})}
        titleOf={(rule, index) => `Rule ${index + 1}: ${choiceCondition(rule) || "not set"}`}
      >
        {(rule) => (
          <SpaceBetween size="s">
            {language === "JSONata" ? (
              <TextField
                base={rule}
                steps={["Condition"]}
                label="Condition"
                description="An expression that gives true or false"
                placeholder="{% $states.input.amount > 100 %}"
                isLong
              />
            ) : (
              <ConditionEditor path={rule} />
            )}
            <TargetField
              reference={{ kind: "Choice", machine, path: [...rule, "Next"] }}
              label="Then go to"
            />
            <TextField
              base={rule}
              steps={["Comment"]}
              label="Comment"
              description="Shown on the canvas instead of the condition"
            />
            <ExpandableSection headerText="Variables and output" variant="footer">
              <SpaceBetween size="s">
                <JsonField
                  base={rule}
                  steps={["Assign"]}
                  label="Assign"
                  description="Variables that are set if this rule holds"
                />
                {language === "JSONata" ? (
                  <JsonField
                    base={rule}
                    steps={["Output"]}
                    label="Output"
                    description="The state's output if this rule holds"
                  />
                ) : null}
              </SpaceBetween>
            </ExpandableSection>
          </SpaceBetween>
        )}
      </ListEditor>
      <TargetField
        reference={{ kind: "Default", machine, path: [...path, "Default"] }}
        label="Default: if no rule holds, go to"
      />
    </SpaceBetween>
  );
}
