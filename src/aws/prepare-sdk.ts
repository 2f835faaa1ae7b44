/** To be called before the first client of the AWS SDK is made. */
export function prepareSdk(): void {
  // The SDK's advice about Node versions is for its direct users.
  process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";
  // Without this a missing profile would make the SDK ask for instance metadata for seconds.
  process.env["AWS_EC2_METADATA_DISABLED"] ??= "true";
}
