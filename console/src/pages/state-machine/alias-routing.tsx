/** The versions that an alias leads to, with their weights. */
import { useAlias } from "../../api/state-machine-queries.ts";
import { nameOf } from "../../routing/arns.ts";

export function AliasRouting({ arn }: { readonly arn: string }) {
  const { data } = useAlias(arn);
  const routes = data?.routingConfiguration ?? [];
  return routes
    .map(({ stateMachineVersionArn, weight }) => `${nameOf(stateMachineVersionArn)} (${weight}%)`)
    .join(", ");
}
