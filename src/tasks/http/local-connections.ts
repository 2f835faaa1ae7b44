/** Connections of a file, in place of EventBridge's. */
import {
  type Connection,
  connectionFailure,
  connectionName,
  type ConnectionSource,
} from "./connection.ts";

export class LocalConnections implements ConnectionSource {
  #connections: ReadonlyMap<string, Connection>;
  readonly #elsewhere: ConnectionSource | undefined;

  /** @param elsewhere Asked for names that are not here. */
  constructor(connections: readonly Connection[], elsewhere?: ConnectionSource) {
    this.#connections = byName(connections);
    this.#elsewhere = elsewhere;
  }

  replace(connections: readonly Connection[]): void {
    this.#connections = byName(connections);
  }

  async find(arn: string, signal: AbortSignal): Promise<Connection> {
    const name = connectionName(arn);
    const connection = this.#connections.get(name);
    if (connection !== undefined) return connection;
    if (this.#elsewhere !== undefined) return this.#elsewhere.find(arn, signal);
    throw connectionFailure(
      "ResourceNotFound",
      `Connection '${name}' does not exist. ${this.#cure()}`,
    );
  }

  #cure(): string {
    const names = [...this.#connections.keys()].toSorted();
    const known =
      names.length === 0
        ? "There are no local connections"
        : `The local connections are: ${names.slice(0, MAX_NAMES).join(", ")}`;
    return `${known}; name it under connections: in a file and give that with --connections FILE`;
  }
}

/** In a message. */
const MAX_NAMES = 20;

/** Of several with one name the first counts. */
function byName(connections: readonly Connection[]): ReadonlyMap<string, Connection> {
  return new Map(connections.toReversed().map((connection) => [connection.name, connection]));
}
