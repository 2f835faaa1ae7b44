/** Thrown by the parsers of this folder; `message` tells people what is wrong with the text. */
export class PathSyntaxError extends Error {
  override readonly name = "PathSyntaxError";
}
