/** The command line: `stepwell serve | dev | run | validate`. */
import { readFileSync } from "node:fs";
import { Command, CommanderError } from "commander";
import { CommandError, reasonOf } from "./command-error.ts";
import { devCommand } from "./commands/dev.ts";
import { runCommand } from "./commands/run.ts";
import { serveCommand } from "./commands/serve.ts";
import { validateCommand } from "./commands/validate.ts";

/** Runs one command; resolves with the exit code: 0, 1 (it failed) or 2 (wrong usage). Never rejects. */
export async function main(args: readonly string[]): Promise<number> {
  let exitCode = 0;
  const setExitCode = (code: number): void => {
    exitCode = code;
  };
  const program = new Command("stepwell")
    .description("Durable AWS Step Functions that you run yourself.")
    .version(packageVersion(), "-V, --version")
    .helpCommand("help [command]", "how to use a command")
    .addHelpText(
      "after",
      "\nExamples:\n" +
        "  stepwell dev examples/order-processing                     a server with the state machines of a folder\n" +
        '  stepwell run order.asl.json --input \'{"orderId":"1"}\'      one execution, here and now\n' +
        "  stepwell COMMAND --help                                    all about one command",
    );
  for (const make of [serveCommand, devCommand, runCommand, validateCommand]) {
    program.addCommand(make(setExitCode));
  }
  for (const command of [program, ...program.commands]) {
    command
      .exitOverride()
      .showSuggestionAfterError()
      .showHelpAfterError(`Run \`${helpLine(command, program)}\` for its usage.`)
      .configureOutput({ outputError: (text, write) => write(`stepwell: ${text}`) });
  }
  // What a command waits for may not hold the process, such as the end of a child process.
  const alive = setInterval(() => undefined, 60_000);
  try {
    await program.parseAsync(args, { from: "user" });
    return exitCode;
  } catch (error) {
    // Commander has printed its own message; its code is 1 for every wrong use, and 0 for --help.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    process.stderr.write(`stepwell: ${reasonOf(error)}\n`);
    return error instanceof CommandError ? error.exitCode : 1;
  } finally {
    clearInterval(alive);
  }
}

function helpLine(command: Command, program: Command): string {
  return command === program ? "stepwell --help" : `stepwell ${command.name()} --help`;
}

function packageVersion(): string {
  const file = new URL("../../package.json", import.meta.url);
  const content: unknown = JSON.parse(readFileSync(file, "utf8"));
  return (content as { readonly version: string }).version;
}
