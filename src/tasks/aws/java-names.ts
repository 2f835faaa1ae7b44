/**
 * The names that version 2 of the AWS SDK for Java gives to things of a service's model. Step
 * Functions calls services through that SDK, so these names are in its parameters, results and
 * errors. Source of the rules: the naming strategy of the SDK's code generator.
 */

/** Words of an id as the SDK splits them: `ACM PCA`, `DynamoDB` and `SESv2` have two. */
function wordsOf(id: string): string[] {
  return id
    .replaceAll(/[^A-Za-z0-9]+/g, " ")
    .replaceAll(/([^a-z]{2,})v([0-9]+)/g, "$1 v$2 ")
    .replaceAll(/([^A-Z]{2,})V([0-9]+)/g, "$1 V$2 ")
    .replaceAll(/(?<=[a-z])(?=[A-Z][a-zA-Z0-9])/g, " ")
    .replaceAll(/([A-Z]+)([A-Z][a-z])/g, "$1 $2")
    .replaceAll(/([0-9])([a-zA-Z])/g, "$1 $2")
    .trim()
    .split(/ +/);
}

function pascalCase(id: string): string {
  return wordsOf(id)
    .map((word) => capitalised(word.toLowerCase()))
    .join("");
}

/** A service's name by its model's id: `DynamoDB` -> `DynamoDb`, `Config Service` -> `Config`. */
export function javaServiceName(serviceId: string): string {
  return pascalCase(serviceId)
    .replace(/^Amazon(?=.)/, "")
    .replace(/^Aws(?=.)/, "")
    .replace(/(?<=.)Service$/, "");
}

/** The class of a modelled error: `NoSuchKey` -> `NoSuchKeyException`, `DBFault` -> `DbException`. */
export function javaExceptionName(shape: string): string {
  return `${pascalCase(shape.replace(/(?:Fault|Exception)$/, ""))}Exception`;
}

/** A member as Step Functions writes it: `stateMachineArn` -> `StateMachineArn`, `ID` -> `Id`. */
export function javaMemberName(member: string): string {
  const name = uncapitalised(member);
  return capitalised(isReserved(name) ? `${name}Value` : name);
}

/** Lowers the first letter and, of an acronym, all but the last before a word: `MD5OfBody` -> `md5OfBody`. */
function uncapitalised(name: string): string {
  let end = 1;
  while (isUpper(name[end]) && !isLower(name[end + 1])) end += 1;
  return name.slice(0, end).toLowerCase() + name.slice(end);
}

function isUpper(letter: string | undefined): boolean {
  return letter !== undefined && /\p{Lu}/u.test(letter);
}

function isLower(letter: string | undefined): boolean {
  return letter !== undefined && /\p{Ll}/u.test(letter);
}

export function capitalised(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function isReserved(name: string): boolean {
  return JAVA_KEYWORDS.has(name.toLowerCase()) || JAVA_METHODS.has(name);
}

const JAVA_KEYWORDS: ReadonlySet<string> = new Set(
  (
    "abstract assert boolean break byte case catch char class const continue default do double else " +
    "enum extends false final finally float for goto if implements import instanceof int interface " +
    "long native new null package private protected public return short static strictfp super switch " +
    "synchronized this throw throws transient true try void volatile while"
  ).split(" "),
);

/** Methods that every object, or every structure of the SDK, has already. */
const JAVA_METHODS: ReadonlySet<string> = new Set([
  "builder",
  "equals",
  "finalize",
  "getClass",
  "hashCode",
  "notify",
  "notifyAll",
  "overrideConfiguration",
  "sdkFields",
  "sdkHttpResponse",
  "toBuilder",
  "toString",
  "wait",
]);
