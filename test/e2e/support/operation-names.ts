/** The operations of Step Functions (service model 2016-11-23), and those this server does not have. */
import * as sdk from "@aws-sdk/client-sfn";

/** Every operation that the SDK knows. */
export const sdkOperations: readonly string[] = Object.keys(sdk)
  .filter((name) => /^[A-Z]\w+Command$/.test(name))
  .map((name) => name.slice(0, -"Command".length))
  .toSorted();

/** Operations of AWS that are answered with UnknownOperationException, with an input each. */
export const missingOperations: Readonly<Record<string, object>> = {
  DescribeMapRun: { mapRunArn: "arn:aws:states:us-east-1:123456789012:mapRun:m/l:1" },
  ListMapRuns: { executionArn: "arn:aws:states:us-east-1:123456789012:execution:m:e" },
  UpdateMapRun: { mapRunArn: "arn:aws:states:us-east-1:123456789012:mapRun:m/l:1" },
};
