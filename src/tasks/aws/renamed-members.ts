/** Members that the AWS SDK for Java has under another name than the service's model. */

/** Structure -> member -> its name there. Source: the SDK's customisations of the services. */
const RENAMED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  AttributeValue: { NULL: "NUL" },
  CopyObjectRequest: { Bucket: "DestinationBucket", Key: "DestinationKey" },
  UploadPartCopyRequest: { Bucket: "DestinationBucket", Key: "DestinationKey" },
};

export function emittedName(structure: string, member: string): string {
  const renamed = Object.hasOwn(RENAMED, structure) ? RENAMED[structure] : undefined;
  if (renamed === undefined || !Object.hasOwn(renamed, member)) return member;
  return renamed[member] ?? member;
}
