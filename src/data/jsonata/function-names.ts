/** The functions that every JSONata expression of a state machine can call. */

/** Of the language, version 2. `eval` is among them although AWS lacks it: no variable is meant. */
const LANGUAGE =
  "sum count max min average string substring substringBefore substringAfter lowercase uppercase " +
  "length trim pad match contains replace split join formatNumber formatBase formatInteger " +
  "parseInteger number floor ceil round abs sqrt power random boolean not map zip filter single " +
  "reduce sift keys lookup append exists spread merge reverse each error assert type sort shuffle " +
  "distinct base64encode base64decode encodeUrlComponent encodeUrl decodeUrlComponent decodeUrl " +
  "eval toMillis fromMillis clone now millis";

/** Added by AWS Step Functions. */
const STEP_FUNCTIONS = "partition range hash uuid parse";

/** Names without the `$`. */
export const BUILT_IN_FUNCTIONS: ReadonlySet<string> = new Set(
  `${LANGUAGE} ${STEP_FUNCTIONS}`.split(" "),
);
