import { describe, expect, it } from "vitest";
import { checkBindAddress } from "./bind-address.ts";

describe("checkBindAddress", () => {
  it.each(["127.0.0.1", "127.0.0.2", "::1", "localhost"])("takes %s", (host) => {
    expect(() => checkBindAddress(host, false)).not.toThrow();
  });

  it.each(["0.0.0.0", "::", "10.0.0.1", "127.evil.example", "", "::ffff:127.0.0.1"])(
    "takes %s only if it is said to be insecure",
    (host) => {
      expect(() => checkBindAddress(host, false)).toThrow("--insecure");
      expect(() => checkBindAddress(host, true)).not.toThrow();
    },
  );
});
