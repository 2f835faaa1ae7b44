/** Where the engine tells its operator about trouble; pino's loggers fit. */
export interface EngineLog {
  warn(facts: object, message: string): void;
  error(facts: object, message: string): void;
}

/** Tells nobody. */
export const SILENT_LOG: EngineLog = { warn: () => {}, error: () => {} };
