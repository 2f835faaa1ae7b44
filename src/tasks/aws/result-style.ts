/** How results are written: as one of the two AWS SDKs for Java that are behind Step Functions. */
import type { Json } from "../../json/json.ts";
import type { AwsRequest, MemberNames } from "./aws-caller.ts";
import { capitalised, javaMemberName } from "./java-names.ts";
import { emittedName } from "./renamed-members.ts";
import type { SdkStructure } from "./sdk-schema.ts";

export interface ResultStyle {
  readonly name: (structure: SdkStructure, member: string) => string;
  readonly time: (time: Date) => Json;
  /** Absent lists are shown, empty. */
  readonly emptyLists: boolean;
}

const nameIn: Readonly<Record<MemberNames, ResultStyle["name"]>> = {
  Api: (_, member) => capitalised(member),
  Java: (structure, member) => javaMemberName(emittedName(structure.name, member)),
};

export function resultStyle(
  request: Pick<AwsRequest, "memberNames" | "times" | "emptyLists"> = {},
): ResultStyle {
  const { memberNames = "Api", times = "Iso8601", emptyLists = false } = request;
  return {
    name: nameIn[memberNames],
    time: times === "Iso8601" ? timeText : (time) => time.getTime(),
    emptyLists,
  };
}

/** As Java prints an instant: without a fraction of zero. */
export function timeText(time: Date): string {
  return Number.isNaN(time.getTime()) ? "" : time.toISOString().replace(".000Z", "Z");
}
