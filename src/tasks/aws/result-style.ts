/** How results are written: as one of the two AWS SDKs for Java that are behind Step Functions. */
import type { Json } from "../../json/json.ts";
import type { AwsRequest } from "./aws-caller.ts";
import { capitalised, javaMemberName } from "./java-names.ts";
import { emittedName } from "./renamed-members.ts";
import type { SdkStructure } from "./sdk-schema.ts";

export interface ResultStyle {
  readonly name: (structure: SdkStructure, member: string) => string;
  readonly time: (time: Date) => Json;
  /** Absent lists are shown, empty. */
  readonly emptyLists: boolean;
}

/** Version 2: behind `aws-sdk`. */
export const SDK_STYLE: ResultStyle = {
  name: (structure, member) => javaMemberName(emittedName(structure.name, member)),
  time: timeText,
  emptyLists: false,
};

/** Version 1: behind the optimized integrations. */
const OPTIMIZED_STYLE: ResultStyle = {
  name: (_, member) => capitalised(member),
  time: (time) => time.getTime(),
  emptyLists: false,
};

export function resultStyle({
  style,
  emptyLists = false,
}: Pick<AwsRequest, "style" | "emptyLists">): ResultStyle {
  return { ...(style === "optimized" ? OPTIMIZED_STYLE : SDK_STYLE), emptyLists };
}

/** As Java prints an instant: without a fraction of zero. */
export function timeText(time: Date): string {
  return Number.isNaN(time.getTime()) ? "" : time.toISOString().replace(".000Z", "Z");
}
