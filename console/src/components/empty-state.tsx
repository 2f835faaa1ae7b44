/** What stands in a table that has no rows. */
import Box from "@cloudscape-design/components/box";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { ReactNode } from "react";

interface Props {
  readonly title: string;
  readonly hint?: string;
  readonly action?: ReactNode;
}

export function EmptyState({ title, hint, action }: Props) {
  return (
    <Box textAlign="center" margin={{ vertical: "m" }} color="inherit">
      <SpaceBetween size="s">
        <div>
          <Box variant="strong" color="inherit">
            {title}
          </Box>
          {hint === undefined ? null : (
            <Box variant="p" color="inherit">
              {hint}
            </Box>
          )}
        </div>
        {action}
      </SpaceBetween>
    </Box>
  );
}
