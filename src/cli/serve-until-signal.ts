/** The life of a server process: listen, say so, and leave in order when told to. */
import { fileURLToPath } from "node:url";
import type { Logger } from "pino";
import type { Quotas } from "../engine/quotas.ts";
import { ConsoleFiles } from "../server/console-files.ts";
import { ConsolePages } from "../server/console-pages.ts";
import type { HttpHandler } from "../server/http-handler.ts";
import { startHttpServer } from "../server/http-server.ts";
import { MAX_BODY_BYTES } from "../server/wire.ts";
import { CommandError, reasonOf } from "./command-error.ts";
import type { Application } from "./compose.ts";
import type { ServerOptions } from "./server-options.ts";

/** `EX_IOERR` of sysexits.h: a supervisor starts the server again. */
const EXIT_DATABASE_BROKEN = 74;
/** After this the process ends even if something still drains; what is durable stays. */
const DRAIN_DEADLINE_MS = 9500;
/** Where the build puts the console, beside this folder. */
const CONSOLE_FOLDER = fileURLToPath(new URL("../console", import.meta.url));
/** What a request may have beside its definition or payload. */
const ESCAPES_BYTES = 64 * 1024;

/**
 * Serves until SIGTERM or SIGINT, drains and resolves with the exit code 0. `ready` is called with the
 * server's address before the line on standard output that says so; what it returns is called at the
 * end. The application is closed in every case.
 */
export async function serveUntilSignal(
  application: Application,
  options: ServerOptions,
  logger: Logger,
  ready?: (url: string) => Promise<() => void>,
): Promise<number> {
  const ended = nextSignal();
  try {
    const server = await startHttpServer({
      api: application.api,
      host: options.host,
      port: options.port,
      allowHosts: options.allowHost,
      insecure: options.insecure,
      handlers: handlersOf(application, options, logger),
      maxBodyBytes: longestBody(application.limits),
      logger,
    }).catch((error: unknown) => {
      throw new CommandError(listenProblem(error, options));
    });
    const stop = await ready?.(server.url);
    process.stdout.write(`Stepwell ready on ${server.url}\n`);
    const signal = await Promise.race([ended, application.broken]);
    stop?.();
    if (signal === undefined) {
      logger.fatal("the database failed in a way that only a new start can mend");
      process.exit(EXIT_DATABASE_BROKEN);
    }
    logger.info({ signal }, "draining");
    const deadline = setTimeout(() => {
      logger.warn("not drained in time; leaving: what is durable goes on at the next start");
      process.exit(0);
    }, DRAIN_DEADLINE_MS);
    deadline.unref();
    await Promise.all([server.close(), application.drain()]);
    await application.close();
    clearTimeout(deadline);
    logger.info("stopped");
    return 0;
  } finally {
    await application.close();
  }
}

/** The extension API first: its paths are no pages. */
function handlersOf(
  { extensionApi }: Application,
  options: Pick<ServerOptions, "console">,
  logger: Logger,
): HttpHandler[] {
  if (!options.console) return [extensionApi];
  const files = ConsoleFiles.open(CONSOLE_FOLDER);
  if (files === undefined) {
    logger.warn("the web console is not built (npm run build makes it); only the API is served");
    return [extensionApi];
  }
  return [extensionApi, new ConsolePages(files)];
}

/** Room for the longest definition or payload, and for the escapes of it. */
function longestBody({ definitionBytes, payloadBytes }: Quotas): number {
  const escaped = Math.max(definitionBytes, payloadBytes * 4);
  return Math.max(MAX_BODY_BYTES, escaped + ESCAPES_BYTES);
}

/** A second signal ends the process at once: somebody is in a hurry. */
function nextSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    let seen = 0;
    for (const name of ["SIGTERM", "SIGINT"] as const) {
      process.on(name, () => {
        if (++seen > 1) process.exit(130);
        resolve(name);
      });
    }
  });
}

function listenProblem(error: unknown, options: ServerOptions): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  const where = `${options.host}:${options.port}`;
  if (code === "EADDRINUSE") {
    return `port ${options.port} is in use; choose another with --port NUMBER (0 takes any free one)`;
  }
  if (code === "EACCES") {
    return `not allowed to listen on ${where}; choose a port above 1023 with --port NUMBER`;
  }
  if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND") {
    return `this machine has no address ${options.host}; give one of its own with --host ADDRESS`;
  }
  return reasonOf(error);
}
