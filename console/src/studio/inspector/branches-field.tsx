/** The branches of a Parallel. */
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { JsonPath } from "../../document/json-path.ts";
import { startOf } from "../../workflow/references.ts";
import { namesIn, textAt } from "../../workflow/states.ts";
import { ListEditor } from "./list-editor.tsx";
import { TargetField } from "./target-field.tsx";
import { TextField } from "./text-field.tsx";

export function BranchesField({ path }: { readonly path: JsonPath }) {
  return (
    <section aria-label="Branches">
      <Header variant="h3" description="They run at the same time.">
        Branches
      </Header>
      <ListEditor
        base={path}
        field="Branches"
        what="branch"
        initial={() => ({ States: {} })}
        titleOf={(branch, index) => {
          const count = namesIn(branch, []).length;
          const start = textAt(branch, ["StartAt"]);
          if (start === undefined) return `Branch ${index + 1}: empty`;
          return `Branch ${index + 1}: ${start}${count > 1 ? ` and ${count - 1} more` : ""}`;
        }}
      >
        {(branch) => (
          <SpaceBetween size="s">
            <TargetField reference={startOf(branch)} label="Starts with" />
            <TextField base={branch} steps={["Comment"]} label="Comment" />
          </SpaceBetween>
        )}
      </ListEditor>
    </section>
  );
}
