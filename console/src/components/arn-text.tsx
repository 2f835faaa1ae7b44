/** An ARN or another identifier that people copy. */
import CopyToClipboard from "@cloudscape-design/components/copy-to-clipboard";

interface Props {
  readonly arn: string;
  /** What it is of, such as `state machine`. */
  readonly what: string;
}

export function ArnText({ arn, what }: Props) {
  return (
    <CopyToClipboard
      variant="inline"
      textToCopy={arn}
      copyButtonAriaLabel={`Copy the ARN of the ${what}`}
      copySuccessText="Copied"
      copyErrorText="The browser did not allow it"
    />
  );
}
