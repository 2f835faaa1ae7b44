/** Names of Lambda functions in every form that Invoke accepts. */

/** A function as a caller names it; region and account default to the server's. */
export interface FunctionName {
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
  /** Whether the caller named no account. */
  readonly inHomeAccount: boolean;
  readonly name: string;
  /** Version or alias. */
  readonly qualifier: string | undefined;
}

const ARN =
  /^arn:(?<partition>aws[a-z-]*):lambda:(?<region>[a-z0-9-]+):(?<account>\d{12}):function:(?<name>[A-Za-z0-9_-]+)(?::(?<qualifier>\$LATEST|[A-Za-z0-9_-]+))?$/;
const PARTIAL =
  /^(?:(?<account>\d{12}):)?(?:function:)?(?<name>[A-Za-z0-9_-]+)(?::(?<qualifier>\$LATEST|[A-Za-z0-9_-]+))?$/;

/**
 * Reads `name`, `name:alias`, `account:function:name` or a full ARN.
 * @returns undefined if the text is none of them.
 */
export function parseFunctionName(
  text: string,
  home: { readonly region: string; readonly accountId: string },
): FunctionName | undefined {
  const groups = (ARN.exec(text) ?? PARTIAL.exec(text))?.groups;
  if (groups?.["name"] === undefined) return undefined;
  return {
    partition: groups["partition"] ?? "aws",
    region: groups["region"] ?? home.region,
    accountId: groups["account"] ?? home.accountId,
    inHomeAccount: groups["account"] === undefined,
    name: groups["name"],
    qualifier: groups["qualifier"],
  };
}

/** The ARN as the caller named it: with a qualifier only if there was one. */
export function functionArn(name: FunctionName): string {
  const { partition, region, accountId, qualifier } = name;
  const arn = `arn:${partition}:lambda:${region}:${accountId}:function:${name.name}`;
  return qualifier === undefined ? arn : `${arn}:${qualifier}`;
}
