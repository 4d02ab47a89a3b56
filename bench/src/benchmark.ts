import type { CovarianceType } from "@mixtura/mixture";
import type { Separation } from "./em/normal-mixture.ts";
import type { Report } from "./report.ts";

/** Programs outside this workspace that can take part. */
export type PeerKind = "sklearn" | "pyod" | "armadillo" | "npm" | "ml-matrix";

export const peerKinds: readonly PeerKind[] = ["sklearn", "pyod", "armadillo", "npm", "ml-matrix"];

/** What a run asks of a benchmark. */
export interface BenchmarkRequest {
  readonly rounds: number;
  /** Sizes to measure instead of the benchmark's own, as the command line had them: "1e5,2,10". */
  readonly shapes: readonly string[];
  /** Kinds of data and of covariances that are wanted; all, if there is none. */
  readonly separations: readonly Separation[];
  readonly covariances: readonly CovarianceType[];
  readonly peers: readonly PeerKind[];
  /** A smoke test: small sizes only. */
  readonly quick: boolean;
  /** Says how far the work has come. */
  readonly log: (line: string) => void;
}

/** One benchmark: a file `*.bench.ts` in this folder exports one as `benchmark`. */
export interface Benchmark {
  /** The name that filters and result files use. */
  readonly name: string;
  /** What it measures, in one line. */
  readonly title: string;
  /** Labels by whose values ratios are averaged apart, too. */
  readonly groupBy?: readonly string[];
  run(request: BenchmarkRequest): Promise<Report>;
}
