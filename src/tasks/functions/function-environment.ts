/** The environment of a function's process. */
import { DEFAULT_MEMORY, type FunctionConfig } from "./function-config.ts";

/** What a function inherits from the server: never the server's own settings and secrets. */
const INHERITED = new Set(["PATH", "HOME", "LANG", "LC_ALL", "TZ", "TMPDIR"]);

/**
 * What functions need to reach AWS or a work-alike as the server does. Credentials are handed on as
 * on AWS, where a function has those of its role.
 */
const AWS_ACCESS =
  /^AWS_(ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN|ENDPOINT_URL|ENDPOINT_URL_[A-Z0-9_]+)$/;

/**
 * Lambda's standard variables, the allowed ones of the server, and the function's own, which may
 * replace the others.
 * @param api `host:port` of the Runtime API.
 */
export function functionEnvironment(
  config: FunctionConfig,
  settings: {
    readonly region: string;
    readonly api: string;
    readonly server: Readonly<Record<string, string | undefined>>;
  },
): Record<string, string> {
  const result: Record<string, string> = { LANG: "en_US.UTF-8", TZ: ":UTC" };
  for (const [name, value] of Object.entries(settings.server)) {
    if (value !== undefined && (INHERITED.has(name) || AWS_ACCESS.test(name))) result[name] = value;
  }
  return {
    ...result,
    AWS_REGION: settings.region,
    AWS_DEFAULT_REGION: settings.region,
    ...config.environment,
    AWS_EXECUTION_ENV: `AWS_Lambda_${config.runtime}`,
    AWS_LAMBDA_RUNTIME_API: settings.api,
    AWS_LAMBDA_FUNCTION_NAME: config.name,
    AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(config.memory ?? DEFAULT_MEMORY),
    AWS_LAMBDA_INITIALIZATION_TYPE: "on-demand",
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${config.name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: "stepwell",
    LAMBDA_TASK_ROOT: config.code,
    LAMBDA_RUNTIME_DIR: config.code,
    _HANDLER: config.handler,
  };
}
