/** For addresses that lead nowhere. */
import Box from "@cloudscape-design/components/box";
import Link from "@cloudscape-design/components/link";
import { paths } from "../routing/paths.ts";
import { useFollow } from "../routing/use-follow.ts";

export function NotFoundPage() {
  return (
    <Box textAlign="center" padding="xxxl">
      <Box variant="h1">There is nothing here</Box>
      <Box variant="p" color="text-body-secondary">
        The address may be mistyped, or what stood here is gone.
      </Box>
      <Link href={paths.stateMachines} onFollow={useFollow()}>
        All state machines
      </Link>
    </Box>
  );
}
