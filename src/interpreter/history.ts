/** The public history: events as GetExecutionHistory answers them, payloads as JSON text. */

/** Names of the members of one details object, e.g. `{ input: "{}", roleArn: "..." }`. */
export type HistoryDetails = Readonly<Record<string, unknown>>;

export interface HistoryEvent {
  readonly id: number;
  readonly previousEventId: number;
  /** AWS's event type, e.g. `PassStateEntered`. */
  readonly type: string;
  /** Epoch milliseconds. */
  readonly at: number;
  /** Name of the details member, e.g. `stateEnteredEventDetails`; undefined: the event has none. */
  readonly detailsName: string | undefined;
  readonly details: HistoryDetails | undefined;
}
