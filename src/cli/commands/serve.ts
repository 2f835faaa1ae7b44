/** `stepwell serve`: the production server. */
import { Command } from "commander";
import { openApplication } from "../compose.ts";
import { checkedConnections } from "../connection-files.ts";
import { readLimitsFile } from "../limits-file.ts";
import { checkedFunctionSet } from "../local-functions.ts";
import { createLogger } from "../logger.ts";
import { requiredMockFile } from "../mock-config-file.ts";
import { addServerOptions, readServerOptions } from "../server-options.ts";
import { serveUntilSignal } from "../serve-until-signal.ts";

/** The default of `--data-dir`. */
const DATA_DIR = ".stepwell";

export function serveCommand(setExitCode: (code: number) => void): Command {
  return addServerOptions(new Command("serve"), DATA_DIR)
    .description("Serve the Step Functions API; executions survive a restart.")
    .addHelpText(
      "after",
      "\nExample:\n" +
        "  stepwell serve --port 8083 --data-dir .stepwell --functions ./functions\n" +
        "  aws stepfunctions list-state-machines --endpoint-url http://127.0.0.1:8083\n\n" +
        "It prints one line to standard output when it accepts requests. SIGTERM or Ctrl-C ends it;\n" +
        "what was running goes on at the next start.",
    )
    .action(async (values: Record<string, unknown>) => {
      const options = readServerOptions(values);
      const logger = createLogger(options.logLevel);
      const limits = await readLimitsFile(options.limits);
      const mocks = await requiredMockFile(options.mockConfig, (text) => logger.warn(text));
      const application = await openApplication({
        store: { type: "Directory", path: options.dataDir ?? DATA_DIR },
        functions: await checkedFunctionSet(options.functions),
        // Who may create state machines need not be allowed what this machine is allowed.
        http: {
          access: { loopback: false, opened: options.allowHttpHost },
          connections: await checkedConnections(options.connections),
        },
        region: options.region,
        accountId: options.accountId,
        s3Dir: options.s3Dir,
        delivery: options.delivery,
        limits,
        mocks,
        logger,
      });
      setExitCode(await serveUntilSignal(application, options, logger));
    });
}
