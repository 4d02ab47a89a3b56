import { isInMemory } from "../row-source.ts";
import type { ColumnRanges } from "../column-ranges.ts";
import { columnRangesOf } from "../column-ranges.ts";
import { toMatrix } from "../convert/to-matrix.ts";
import { MixturaError } from "../errors.ts";
import type { Data, FitContext } from "../estimator.ts";
import type { Features } from "../features-json.ts";
import { checkFitContext } from "../fit-context.ts";
import type { Diagnostic, FitTrace, IterativeTrace } from "../fit-trace.ts";
import type { Matrix, MatrixLike } from "../matrix.ts";
import type { OptionDeclarations } from "../options/declare.ts";
import type { Pace } from "../pace.ts";
import { createPace, inStrides } from "../pace.ts";
import type { Capability } from "../plugin.ts";
import { present } from "../present.ts";
import type { Provenance } from "../provenance.ts";
import { changedOptions, checksumOf } from "../provenance.ts";
import { VERSION } from "../version.ts";
import { checkSampleWeight } from "../weights.ts";
import type { ModelRecord } from "./record.ts";

/** What a fit has read, as the model's record keeps it. */
export interface RowsRead {
  readonly featureCount: number;
  readonly featureNames?: readonly string[] | undefined;
  /** Rows, those of weight 0 included. */
  readonly rows: number;
  readonly checksum: string;
  /** What the columns range over, where that was looked at. */
  readonly ranges?: ColumnRanges | undefined;
}

/** Rows in memory, checked. */
export interface RowsInMemory extends RowsRead {
  readonly X: Matrix;
  /** Absent where every row counts once. */
  readonly weights: Float64Array | undefined;
}

/** How a fit went, for its trace; the clock is the job's. */
export type TraceFacts = Omit<FitTrace, "kind" | "diagnostics" | "elapsedMilliseconds"> & { readonly diagnostics?: readonly Diagnostic[] };
/** The same for a fit by iterations. */
export type IterativeTraceFacts = Omit<IterativeTrace, "kind" | "diagnostics" | "elapsedMilliseconds"> & {
  readonly diagnostics?: readonly Diagnostic[];
};

/** One fit: checked options, what the caller gave, a clock, and what the model's record is made by. */
export interface FitJob<Options> {
  readonly options: Options;
  readonly context: FitContext;
  /** The name of the estimator. */
  readonly type: string;
  /** The caller, for error texts: "ECOD.fit". */
  readonly caller: string;
  readonly pace: Pace;
  elapsedMilliseconds(): number;
  /**
   * Reads rows that are in memory.
   *
   * @param features those of a model that is given, whose columns the rows must have
   * @throws (by rejection) MixturaError for every kind of bad input
   */
  read(X: Data, features?: Features): Promise<RowsInMemory>;
  /** A frozen trace: direct, or iterative where there are bounds. */
  trace(facts: IterativeTraceFacts): IterativeTrace;
  trace(facts: TraceFacts): FitTrace;
  /** Where the model comes from. */
  provenance(read: RowsRead): Provenance;
  /** Features, trace and provenance of the model. */
  record(read: RowsRead, facts: IterativeTraceFacts): ModelRecord<IterativeTrace>;
  record(read: RowsRead, facts?: TraceFacts): ModelRecord;
}

/** The estimator that a job is for. */
interface Owner {
  readonly type: string;
  readonly capabilities: readonly Capability[];
  readonly options: OptionDeclarations;
  readonly rowsNeeded?: string;
}

/**
 * Checks what every fit is given, before any work: the names in the context, the signal, and whether the estimator takes blocks and weights at all.
 *
 * @throws MixturaError `unknown-option`, `aborted`, `not-supported`
 */
export function startJob<Options extends object>(
  owner: Owner,
  options: Options,
  X: Data,
  given: FitContext | null | undefined,
): FitJob<Options> {
  const started = performance.now();
  const { type, capabilities } = owner;
  const caller = `${type}.fit`;
  const context = checkFitContext(given, caller);
  const pace = createPace(context.signal);
  pace.check();
  if (!isInMemory(X) && !capabilities.includes("blocks")) {
    const why = owner.rowsNeeded ?? "all rows are needed at once. Read the blocks into one matrix first";
    throw new MixturaError("not-supported", `${caller}: ${why}.`, { feature: "blocks" });
  }
  if (context.sampleWeight !== undefined && !capabilities.includes("weights")) {
    const message = `${caller}: sampleWeight cannot be used here. Pass plain rows, each of which counts once.`;
    throw new MixturaError("not-supported", message, { feature: "sampleWeight" });
  }
  const elapsedMilliseconds = (): number => performance.now() - started;

  function trace(facts: IterativeTraceFacts): IterativeTrace;
  function trace(facts: TraceFacts): FitTrace;
  function trace(facts: TraceFacts | IterativeTraceFacts): FitTrace {
    const kind = "lowerBounds" in facts ? "iterative" : "direct";
    const diagnostics = Object.freeze([...(facts.diagnostics ?? [])]);
    return Object.freeze({ kind, ...present(facts), ...frozenLists(facts), diagnostics, elapsedMilliseconds: elapsedMilliseconds() });
  }
  let changed: Provenance["options"] | undefined; // the same for every state of a walk
  const provenance = ({ rows, checksum, ranges: columnRanges }: RowsRead): Provenance => {
    const { source, leftOut, leftOutColumns, created } = context.provenance ?? {};
    changed ??= changedOptions(options, owner.options);
    return Object.freeze({
      version: VERSION,
      options: changed,
      ...present({ source, leftOut, leftOutColumns, created, columnRanges }),
      rows,
      checksum,
    });
  };
  function record(read: RowsRead, facts: IterativeTraceFacts): ModelRecord<IterativeTrace>;
  function record(read: RowsRead, facts?: TraceFacts): ModelRecord;
  function record(read: RowsRead, facts: TraceFacts = {}): ModelRecord {
    const { featureCount, featureNames } = read;
    return { featureCount, ...present({ featureNames }), trace: trace(facts), provenance: provenance(read) };
  }
  return {
    options,
    context,
    type,
    caller,
    pace,
    elapsedMilliseconds,
    read: (rows, features) => readRows(rows as MatrixLike, context, pace, caller, features),
    trace,
    provenance,
    record,
  };
}

function frozenLists(facts: TraceFacts | IterativeTraceFacts): Partial<IterativeTrace> {
  return "lowerBounds" in facts ? { lowerBounds: Object.freeze([...facts.lowerBounds]), restarts: Object.freeze([...facts.restarts]) } : {};
}

async function readRows(
  given: MatrixLike,
  { sampleWeight, numericStrings }: FitContext,
  pace: Pace,
  caller: string,
  features?: Features,
): Promise<RowsInMemory> {
  const columns =
    features === undefined ? {} : { features: { count: features.featureCount, ...present({ names: features.featureNames }) } };
  const X = toMatrix(given, { caller, ...columns, numericStrings });
  const weights = checkSampleWeight(sampleWeight, X.rows, caller);
  return {
    X,
    weights,
    featureCount: X.columns,
    featureNames: X.featureNames,
    rows: X.rows,
    checksum: await checksumOfRows(X, weights, pace),
    ranges: columnRangesOf(X, weights),
  };
}

/** A checksum of sums, least and greatest values by feature, and of the weights' sum. */
async function checksumOfRows({ data, rows, columns }: Matrix, weights: Float64Array | undefined, pace: Pace): Promise<string> {
  const sums = new Float64Array(columns);
  const least = new Float64Array(columns).fill(Infinity);
  const greatest = new Float64Array(columns).fill(-Infinity);
  let weight = 0;
  await inStrides(rows, pace, (start, end) => {
    for (let i = start, at = start * columns; i < end; i++) {
      const w = weights === undefined ? 1 : weights[i]!;
      weight += w;
      for (let j = 0; j < columns; j++, at++) {
        const value = data[at]!;
        sums[j]! += w * value;
        if (value < least[j]!) least[j] = value;
        if (value > greatest[j]!) greatest[j] = value;
      }
    }
  });
  return checksumOf([rows, weight, ...sums, ...least, ...greatest]);
}
