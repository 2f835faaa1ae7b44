/** Creates a state machine: settings and a template first, then the workflow editor. */
import { useState } from "react";
import { useNavigate } from "react-router";
import { useCreateStateMachine } from "../../api/state-machine-queries.ts";
import { paths } from "../../routing/paths.ts";
import { useNotifications } from "../../shell/notifications.tsx";
import { CreateEditor } from "./create-editor.tsx";
import { CreateSettings } from "./create-settings.tsx";
import type { MachineDraft } from "./machine-fields.tsx";
import { nameProblem } from "./name-problem.ts";
import { TEMPLATES } from "./templates.ts";

/** Nobody assumes it, but AWS's API wants one. */
const ROLE = "arn:aws:iam::123456789012:role/stepwell";

export function CreatePage() {
  const navigate = useNavigate();
  const { succeeded } = useNotifications();
  const [draft, setDraft] = useState<MachineDraft>({
    name: "",
    type: "STANDARD",
    roleArn: ROLE,
    templateId: TEMPLATES[0]!.id,
  });
  const [isEditing, setIsEditing] = useState(false);
  const [wasTried, setWasTried] = useState(false);
  const create = useCreateStateMachine();
  const template = TEMPLATES.find(({ id }) => id === draft.templateId) ?? TEMPLATES[0]!;
  const problem = nameProblem(draft.name);
  const submit = (definition: string): void => {
    setWasTried(true);
    if (problem !== undefined) return;
    const { name, type, roleArn } = draft;
    create.mutate(
      { name, type, roleArn, definition },
      {
        onSuccess: ({ stateMachineArn }) => {
          succeeded(`The state machine ${name} is created`);
          void navigate(paths.stateMachine(stateMachineArn));
        },
      },
    );
  };
  const settings = {
    draft,
    onChange: setDraft,
    nameError: wasTried ? problem : undefined,
  };
  if (isEditing) {
    return (
      <CreateEditor
        {...settings}
        initial={template.definition}
        create={create}
        onCreate={submit}
        onBack={() => setIsEditing(false)}
      />
    );
  }
  return (
    <CreateSettings
      {...settings}
      template={template}
      create={create}
      onCreate={() => submit(template.definition)}
      onEdit={() => setIsEditing(true)}
      onCancel={() => void navigate(paths.stateMachines)}
    />
  );
}
