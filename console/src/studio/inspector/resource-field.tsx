/** What a Task calls, and whether it waits for the end of it. */
import Autosuggest from "@cloudscape-design/components/autosuggest";
import FormField from "@cloudscape-design/components/form-field";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { JsonPath } from "../../document/json-path.ts";
import {
  knownResources,
  PATTERN_LABELS,
  serviceResource,
  withPattern,
} from "../../workflow/task-resource.ts";
import type { Pattern } from "../../../../src/asl/integrations.ts";
import { useField } from "./use-field.ts";

const OPTIONS = knownResources().map((value) => ({ value }));

export function ResourceField({ path }: { readonly path: JsonPath }) {
  const { value, set, errorText, warningText } = useField(path, ["Resource"]);
  const arn = typeof value === "string" ? value : "";
  const service = serviceResource(arn);
  return (
    <SpaceBetween size="m">
      <FormField
        label="Resource"
        description="ARN of a function, an activity or a service's action"
        errorText={errorText}
        warningText={warningText}
        stretch
      >
        <Autosuggest
          value={arn}
          options={OPTIONS}
          ariaLabel="Resource"
          enteredTextLabel={(text) => `Use: ${text}`}
          onChange={({ detail }) => set(detail.value)}
        />
      </FormField>
      {service === undefined || service.patterns.length < 2 ? null : (
        <FormField label="Integration pattern" stretch>
          <Select
            options={service.patterns.map((one) => ({ value: one, label: PATTERN_LABELS[one] }))}
            selectedOption={{ value: service.pattern, label: PATTERN_LABELS[service.pattern] }}
            onChange={({ detail }) =>
              set(withPattern(service, detail.selectedOption.value as Pattern))
            }
          />
        </FormField>
      )}
    </SpaceBetween>
  );
}
