/** The Parameters or Arguments of an ItemReader, checked. */
import { ItemsUnreadable } from "../engine/ports.ts";
import type { ItemQuery } from "../interpreter/map-data.ts";
import { memberOf } from "../json/kind.ts";

export interface ItemParameters {
  readonly bucket: string;
  /** "" for a listing. */
  readonly key: string;
  /** "" for what is no listing. */
  readonly prefix: string;
  readonly versionId: string | undefined;
  readonly expectedOwner: string | undefined;
}

const KNOWN: Readonly<Record<ItemQuery["operation"], readonly string[]>> = {
  getObject: ["Bucket", "Key", "VersionId", "ExpectedBucketOwner"],
  listObjectsV2: ["Bucket", "Prefix", "ExpectedBucketOwner"],
};

/** Throws ItemsUnreadable that names the parameter. */
export function itemParameters({ operation, parameters }: ItemQuery): ItemParameters {
  const known = KNOWN[operation];
  const foreign = Object.keys(parameters).find((name) => !known.includes(name));
  if (foreign !== undefined) {
    throw new ItemsUnreadable(
      `The ItemReader's parameter ${foreign} is not supported; ${operation} takes ${known.join(", ")}`,
    );
  }
  const text = (name: string): string | undefined => {
    const value = memberOf(parameters, name);
    if (value === undefined || typeof value === "string") return value;
    throw new ItemsUnreadable(`The ItemReader's parameter ${name} must be a string`);
  };
  const required = (name: string): string => {
    const value = text(name) ?? "";
    if (value !== "") return value;
    throw new ItemsUnreadable(`The ItemReader's parameter ${name} is missing or empty`);
  };
  return {
    bucket: required("Bucket"),
    key: operation === "getObject" ? required("Key") : "",
    prefix: text("Prefix") ?? "",
    versionId: text("VersionId"),
    expectedOwner: text("ExpectedBucketOwner"),
  };
}
