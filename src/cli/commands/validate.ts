/** `stepwell validate`: diagnostics with line and column. */
import { Command, Option } from "commander";
import type { Diagnostic } from "../../asl/diagnostic.ts";
import { parseDefinition } from "../../asl/parse-definition.ts";
import {
  type DefinitionFile,
  DefinitionFileError,
  readDefinitionFile,
} from "../definition-file.ts";

export type MachineType = "STANDARD" | "EXPRESS";

export function validateCommand(setExitCode: (code: number) => void): Command {
  return new Command("validate")
    .description("Check state machine definitions; prints what is wrong with line and column.")
    .argument(
      "<file...>",
      "definitions in JSON (.json, .asl.json) or YAML (.yaml, .yml); - reads JSON from standard input",
    )
    .addOption(machineTypeOption())
    .addHelpText(
      "after",
      "\nExample:\n" +
        "  stepwell validate order.asl.json billing.asl.yaml\n" +
        "  order.asl.json:12:7 ERROR MISSING_TRANSITION_TARGET Missing 'Next' target: Shipp\n\n" +
        "The exit code is 0 without errors (warnings are allowed), 1 with errors.",
    )
    .action(async (files: readonly string[], values: { readonly type: MachineType }) => {
      let failed = false;
      for (const path of files) {
        const lines = await check(path, values.type);
        for (const { text } of lines) process.stdout.write(`${text}\n`);
        failed ||= lines.some(({ error }) => error);
      }
      setExitCode(failed ? 1 : 0);
    });
}

/** `--type`, for commands that read a bare definition. */
export function machineTypeOption(): Option {
  return new Option("--type <type>", "type of the state machine")
    .choices(["STANDARD", "EXPRESS"])
    .default("STANDARD");
}

/** One diagnostic as `file:line:column SEVERITY CODE message`. */
export function diagnosticLine(file: DefinitionFile, diagnostic: Diagnostic): string {
  const { line, column } = file.locate(diagnostic.location);
  return `${file.file}:${line}:${column} ${diagnostic.severity} ${diagnostic.code} ${diagnostic.message}`;
}

async function check(path: string, type: MachineType): Promise<{ text: string; error: boolean }[]> {
  let file: DefinitionFile;
  try {
    file = await readDefinitionFile(path);
  } catch (error) {
    if (!(error instanceof DefinitionFileError)) throw error;
    const { line, column } = error.position ?? { line: 1, column: 1 };
    return [
      { text: `${path}:${line}:${column} ERROR UNREADABLE_FILE ${error.message}`, error: true },
    ];
  }
  return parseDefinition(file.text, { type }).diagnostics.map((diagnostic) => ({
    text: diagnosticLine(file, diagnostic),
    error: diagnostic.severity === "ERROR",
  }));
}
