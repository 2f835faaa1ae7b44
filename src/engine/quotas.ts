/** The limits an operator can set, in one table: AWS's values, and how far Stepwell can go. */
import { AWS_LIMITS } from "../interpreter/limits.ts";

export interface Quota {
  /** AWS's value (Step Functions quotas page); the default. */
  readonly aws: number;
  /** The least and the most that can be set. */
  readonly least: number;
  readonly most: number;
  /** What it bounds, with its unit. */
  readonly meaning: string;
}

const KiB = 1_024;
const MiB = 1_024 * KiB;

/** Every limit by its name in a limits file. */
export const QUOTAS = {
  payloadBytes: {
    aws: AWS_LIMITS.payloadBytes,
    least: 1,
    most: 16 * MiB,
    meaning: "bytes of one input, output, result or Parameters value, as UTF-8",
  },
  variableBytes: {
    aws: AWS_LIMITS.variableBytes,
    least: 1,
    most: 1_024 * MiB,
    meaning: "bytes of all variables of one execution together, as UTF-8",
  },
  definitionBytes: {
    aws: MiB,
    least: 1,
    most: 16 * MiB,
    meaning: "length of one definition",
  },
  historyEvents: {
    aws: AWS_LIMITS.historyEvents,
    least: 10,
    // Ids of events have 20 bits where an attempt of a task is named by one number.
    most: 1_000_000,
    meaning: "events in the history of one execution; it fails when it needs more",
  },
  openExecutions: {
    aws: 1_000_000,
    least: 1,
    most: 100_000_000,
    meaning: "STANDARD executions that run at the same time",
  },
  inlineMapConcurrency: {
    aws: AWS_LIMITS.inlineMapConcurrency,
    least: 1,
    most: 10_000,
    meaning: "iterations of one inline Map that run at the same time",
  },
  expressMaxSeconds: {
    aws: 300,
    least: 1,
    most: 86_400,
    meaning: "seconds that an EXPRESS execution may take",
  },
  stateMachines: {
    aws: 100_000,
    least: 1,
    most: 1_000_000,
    meaning: "state machines, deleted ones that are remembered included",
  },
  versions: {
    aws: 1_000,
    least: 1,
    most: 100_000,
    meaning: "published versions of one state machine",
  },
  aliases: {
    aws: 100,
    least: 1,
    most: 10_000,
    meaning: "aliases of one state machine",
  },
  activities: {
    aws: 100_000,
    least: 1,
    most: 1_000_000,
    meaning: "activities",
  },
  activityPollers: {
    aws: 1_000,
    least: 1,
    // The server accepts 12,000 connections.
    most: 10_000,
    meaning: "GetActivityTask calls that wait on one activity",
  },
  tags: {
    aws: 50,
    least: 0,
    most: 1_000,
    meaning: "tags of one state machine or activity",
  },
} as const satisfies Readonly<Record<string, Quota>>;

export type QuotaName = keyof typeof QUOTAS;

/** A value for every limit. */
export type Quotas = Readonly<Record<QuotaName, number>>;

export const QUOTA_NAMES = Object.keys(QUOTAS) as readonly QuotaName[];

/** AWS's values with some of them replaced. */
export function quotasWith(values: Partial<Quotas>): Quotas {
  return { ...AWS_QUOTAS, ...values };
}

export const AWS_QUOTAS = Object.fromEntries(
  QUOTA_NAMES.map((name) => [name, QUOTAS[name].aws]),
) as Quotas;

/** Why a value cannot be set, or undefined if it can: `must be a whole number from 1 to 100`. */
export function quotaProblem(name: QuotaName, value: unknown): string | undefined {
  const { least, most }: Quota = QUOTAS[name];
  const fits = Number.isSafeInteger(value) && Number(value) >= least && Number(value) <= most;
  return fits ? undefined : `must be a whole number from ${least} to ${most}`;
}

/** The limits that are above AWS's: what relies on them does not run there. */
export function quotasAboveAws(quotas: Quotas): QuotaName[] {
  return QUOTA_NAMES.filter((name) => quotas[name] > QUOTAS[name].aws);
}
