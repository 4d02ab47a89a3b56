import type { Report } from "./report.ts";

/** What a run asks of a benchmark. */
export interface BenchmarkRequest {
  readonly rounds: number;
  /** Sizes to measure instead of the benchmark's own, as the command line had them: "1e5,2,10". */
  readonly shapes: readonly string[];
  /** Says how far the work has come. */
  readonly log: (line: string) => void;
}

/** One benchmark: a file `*.bench.ts` in this folder exports one as `benchmark`. */
export interface Benchmark {
  /** The name that filters and result files use. */
  readonly name: string;
  run(request: BenchmarkRequest): Promise<Report>;
}
