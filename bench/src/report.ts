import type { Machine } from "./machine.ts";
import type { AbsentPeer } from "./peers/peer.ts";
import type { Ratio } from "./ratio.ts";
import type { GeometricMean } from "./summary.ts";

/** One contender in one case. */
export interface SeriesReport {
  readonly contender: string;
  /** Per unit of work, round by round. */
  readonly seconds: readonly number[];
  /** What the work led to, and how much of it was done. */
  readonly outcome: Readonly<Record<string, number>>;
  /** How far the resident memory rose above the loaded data, at its highest, in a process of its own. */
  readonly growthBytes?: number;
}

/** How many times longer `slower` took than `faster`. */
export interface RatioReport extends Ratio {
  readonly slower: string;
  readonly faster: string;
}

/** One line of the tables. */
export interface CaseReport {
  /** The first columns: what was measured. */
  readonly labels: Readonly<Record<string, string>>;
  readonly series: readonly SeriesReport[];
  readonly ratios: readonly RatioReport[];
  /** Further columns: what is to be seen next to the times. */
  readonly remarks: Readonly<Record<string, string>>;
}

/** What a benchmark found out. */
export interface Report {
  readonly benchmark: string;
  /** What one unit of work is: "EM iteration". */
  readonly unit: string;
  /** What the times are written in; milliseconds when absent. */
  readonly timeUnit?: TimeUnit;
  readonly rounds: number;
  readonly seed?: number;
  readonly machine: Machine;
  /** Sentences above the tables: data, precision, method, peers and their versions. */
  readonly about: readonly string[];
  readonly absent: readonly AbsentPeer[];
  readonly cases: readonly CaseReport[];
  /** Where contenders did not reach the same result. The times next to them mean nothing. */
  readonly disagreements: readonly string[];
}

/** A report as it is written to JSON. */
export interface DatedReport extends Report {
  /** The day of the run, as 2026-11-22; reports of old have none. */
  readonly date?: string;
  readonly geometricMeans?: readonly GeometricMean[];
}

/** Units of time, by name. */
export type TimeUnit = "milliseconds" | "microseconds" | "nanoseconds";
