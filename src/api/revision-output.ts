/** What describing a state machine tells about one revision of it. */
import { variableReferences } from "../asl/variable-references.ts";
import type { CompiledRevision } from "../engine/catalog/definition-cache.ts";
import { showEncryption, showLogging } from "./configurations.ts";
import type { Output } from "./operation.ts";

/**
 * Definition, role and configurations. METADATA_ONLY replaces the definition by `{}`.
 *
 * AWS leaves `variableReferences` out if no state reads a variable. The default encryption is
 * told together with it only: that is how the recordings of AWS, older and newer, have it.
 */
export function showRevision(
  { revision, definition }: CompiledRevision,
  includedData: "ALL_DATA" | "METADATA_ONLY" | undefined,
): Output {
  const references = variableReferences(definition);
  const readsVariables = Object.keys(references).length > 0;
  return {
    definition: includedData === "METADATA_ONLY" ? "{}" : revision.definition,
    roleArn: revision.roleArn,
    revisionId: revision.revision,
    loggingConfiguration: showLogging(revision.logging),
    tracingConfiguration: revision.tracing,
    encryptionConfiguration:
      revision.encryption === undefined && !readsVariables
        ? undefined
        : showEncryption(revision.encryption),
    variableReferences: readsVariables ? references : undefined,
  };
}
