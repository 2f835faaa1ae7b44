/** What describing a state machine tells about one revision of it. */
import type { MachineRevision } from "../engine/catalog/machine-revision.ts";
import { showEncryption, showLogging } from "./configurations.ts";
import type { Output } from "./operation.ts";
import { variableReferences } from "./variable-references.ts";
import type { VariableReferences } from "./variable-references.ts";

/**
 * Definition, role and configurations. METADATA_ONLY replaces the definition by `{}`.
 *
 * AWS leaves `variableReferences` out if no state reads a variable. The default encryption is
 * told together with it only: that is how the recordings of AWS, older and newer, have it.
 */
export function showRevision(
  revision: MachineRevision,
  includedData: "ALL_DATA" | "METADATA_ONLY" | undefined,
): Output {
  const references = referencesOf(revision);
  return {
    definition: includedData === "METADATA_ONLY" ? "{}" : revision.definition,
    roleArn: revision.roleArn,
    revisionId: revision.revision,
    loggingConfiguration: showLogging(revision.logging),
    tracingConfiguration: revision.tracing,
    encryptionConfiguration:
      revision.encryption === undefined && references === undefined
        ? undefined
        : showEncryption(revision.encryption),
    variableReferences: references,
  };
}

/** Revisions are immutable, so what a long definition needs time for is done once. */
const known = new WeakMap<
  MachineRevision,
  { readonly references: VariableReferences | undefined }
>();

function referencesOf(revision: MachineRevision): VariableReferences | undefined {
  let entry = known.get(revision);
  if (entry === undefined) {
    entry = { references: variableReferences(revision.definition) };
    known.set(revision, entry);
  }
  return entry.references;
}
