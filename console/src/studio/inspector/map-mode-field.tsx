/** How a Map runs its items: in this execution, or each in one of its own. */
import FormField from "@cloudscape-design/components/form-field";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { JsonPath } from "../../document/json-path.ts";
import { startOf } from "../../workflow/references.ts";
import { innerMachines } from "../../workflow/states.ts";
import type { JsonObject } from "../../../../src/json/json.ts";
import { isDistributedMap } from "../../workflow/map-form.ts";
import { OptionsField } from "./options-field.tsx";
import { PlaceProblems } from "./place-problems.tsx";
import { TargetField } from "./target-field.tsx";
import { useField } from "./use-field.ts";

const CONFIG = ["ItemProcessor", "ProcessorConfig"];
const MODES = [
  { value: "INLINE", label: "Inline", description: "Iterations are part of this execution" },
  {
    value: "DISTRIBUTED",
    label: "Distributed",
    description: "Each iteration is an execution of its own; reads and writes S3",
  },
];

interface Props {
  readonly path: JsonPath;
  readonly state: JsonObject;
}

export function MapModeField({ path, state }: Props) {
  const { set, errorText } = useField(path, CONFIG);
  const isDistributed = isDistributedMap(state);
  const [inner] = innerMachines(state);
  const isLegacy = inner?.[0] === "Iterator";
  return (
    <SpaceBetween size="m">
      {isLegacy ? null : (
        <FormField label="Processing mode" errorText={errorText} stretch>
          <Select
            options={MODES}
            selectedOption={MODES[isDistributed ? 1 : 0]!}
            onChange={({ detail }) =>
              set(
                detail.selectedOption.value === "DISTRIBUTED"
                  ? { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" }
                  : { Mode: "INLINE" },
              )
            }
          />
        </FormField>
      )}
      {isDistributed ? (
        <OptionsField
          base={path}
          steps={[...CONFIG, "ExecutionType"]}
          label="Type of the child executions"
          none="Choose"
          options={[
            { value: "STANDARD", label: "Standard" },
            { value: "EXPRESS", label: "Express" },
          ]}
        />
      ) : null}
      {inner === undefined ? null : <PlaceProblems path={[...path, ...inner]} />}
      {inner === undefined ? null : (
        <TargetField reference={startOf([...path, ...inner])} label="Each item starts with" />
      )}
    </SpaceBetween>
  );
}
