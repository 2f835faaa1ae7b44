/** Tests single states. */
import { useMutation } from "@tanstack/react-query";
import { call } from "./call.ts";
import type { Input } from "./operations.ts";

export function useTestState() {
  return useMutation({ mutationFn: (input: Input<"TestState">) => call("TestState", input) });
}
