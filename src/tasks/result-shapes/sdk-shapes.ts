/**
 * Shapes out of the schemas that AWS SDK client packages carry. They have members, which of them are
 * required, and types; ranges and allowed values are not in them.
 */
import type { LazyShape, ResultShape } from "../../engine/ports.ts";
import { capitalised } from "../aws/java-names.ts";
import { findSdkPackage } from "../aws/sdk-package.ts";
import type { SdkSchema, SdkStructure } from "../aws/sdk-schema.ts";

/**
 * The result of an operation of a service; undefined: no such package is installed, or it has no
 * such operation. `service` as in a resource, `operation` in any letter case.
 */
export async function sdkShape(service: string, operation: string): Promise<LazyShape | undefined> {
  // A package that cannot be loaded says nothing about results.
  const sdk = await findSdkPackage(service).catch(() => undefined);
  const output = sdk?.operations.get(operation.toLowerCase())?.output;
  return output && ((): ResultShape => shapeOf(output()));
}

function shapeOf(schema: SdkSchema): ResultShape {
  switch (schema.type) {
    case "structure":
      return structureShape(schema);
    case "list":
      return { type: "list", element: () => shapeOf(schema.element()) };
    case "map":
      return { type: "map", value: () => shapeOf(schema.value()) };
    case "boolean":
      return { type: "boolean" };
    case "number":
    case "bigInteger":
    case "bigDecimal":
      return { type: "number" };
    case "document":
    case "unknown":
      return { type: "any" };
    default:
      // Time stamps and blobs are strings in Step Functions.
      return { type: "string" };
  }
}

/** Step Functions writes all members with a capital. */
function structureShape({ members, requiredCount }: SdkStructure): ResultShape {
  const names = members.map(({ name }) => capitalised(name));
  return {
    type: "structure",
    members: new Map(
      members.map(({ name, schema }) => [capitalised(name), () => shapeOf(schema())] as const),
    ),
    required: names.slice(0, requiredCount),
  };
}
