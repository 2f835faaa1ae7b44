/** JSON to read, with a button that copies it. */
import CopyToClipboard from "@cloudscape-design/components/copy-to-clipboard";
import { useMemo } from "react";
import { prettyJson } from "../components/json-text.ts";
import { LazyEditor } from "./lazy-editor.tsx";

interface Props {
  /** JSON text; what is no JSON is shown as it is. */
  readonly text: string;
  /** Such as `Input`. */
  readonly label: string;
  readonly maxHeight?: string;
  /** Numbers of lines that stand out, from 1. */
  readonly marked?: readonly number[] | undefined;
}

export function JsonView({ text, label, maxHeight = "420px", marked }: Props) {
  const pretty = useMemo(() => prettyJson(text), [text]);
  return (
    <div className="json-view" style={{ maxHeight }}>
      <div className="json-view-copy">
        <CopyToClipboard
          variant="icon"
          textToCopy={pretty}
          copyButtonAriaLabel={`Copy: ${label}`}
          copySuccessText="Copied"
          copyErrorText="The browser did not allow it"
        />
      </div>
      <LazyEditor value={pretty} ariaLabel={label} marked={marked} />
    </div>
  );
}
