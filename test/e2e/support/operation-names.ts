/** The operations of Step Functions (service model 2016-11-23). */
import * as sdk from "@aws-sdk/client-sfn";

/** Every operation that the SDK knows. */
export const sdkOperations: readonly string[] = Object.keys(sdk)
  .filter((name) => /^[A-Z]\w+Command$/.test(name))
  .map((name) => name.slice(0, -"Command".length))
  .toSorted();
