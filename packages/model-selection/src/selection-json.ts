import type { Matrix, Mixture, MixturePlugin } from "@mixtura/core";
import { MixturaError } from "@mixtura/core";
import { show } from "@mixtura/core/authoring";
import { readObject } from "@mixtura/core/internal";
import type { CovarianceType } from "@mixtura/mixture";
import type { Candidate, FittedCandidate } from "./candidate.ts";
import { fittedCandidate } from "./candidate.ts";
import type { CrossValidation } from "./cross-validate.ts";
import type { FoldScore } from "./folds.ts";

/** The format name of a selection. */
const FORMAT = "mixtura-selection";
/** The version that this release writes and reads. */
const VERSION = 1;

/** A selection, finished or not, as plain JSON data: what another call needs to go on from there. */
export interface SelectionJSON {
  readonly format: typeof FORMAT;
  readonly version: number;
  readonly seed: number;
  readonly data: DataFingerprint;
  /** The options that every fit shares. */
  readonly shared: Readonly<Record<string, unknown>>;
  readonly splitStart: boolean;
  /** Fitted candidates; those that failed fail again. */
  readonly candidates: readonly object[];
}

/** What distinguishes one set of rows from another; a source of blocks shows only its width. */
export interface DataFingerprint {
  readonly columns: number;
  readonly rows?: number;
  /** 32 bits made of every number and weight. */
  readonly hash?: number;
}

/** The circumstances under which candidates were fitted; all of them must be the same for work to be taken over. */
export interface Circumstances {
  readonly seed: number;
  readonly data: DataFingerprint;
  readonly shared: Readonly<Record<string, unknown>>;
  readonly splitStart: boolean;
}

/** Rows in 32 bits (FNV-1a over the words of the numbers). O(n·d). */
export function fingerprint({ data, rows, columns }: Matrix, sampleWeight: Float64Array | undefined): DataFingerprint {
  let hash = 0x811c9dc5;
  for (const values of sampleWeight === undefined ? [data] : [data, sampleWeight]) {
    const words = new Int32Array(values.buffer, values.byteOffset, values.length * 2);
    for (let i = 0; i < words.length; i++) hash = Math.imul(hash ^ words[i]!, 0x01000193);
  }
  return { columns, rows, hash: hash >>> 0 };
}

/** A selection as JSON data. */
export function selectionToJSON(
  { seed, data, shared, splitStart }: Circumstances,
  candidates: readonly Candidate<Mixture>[],
): SelectionJSON {
  return {
    format: FORMAT,
    version: VERSION,
    seed,
    data,
    shared,
    splitStart,
    candidates: candidates.flatMap((candidate) => (candidate.error === undefined ? [candidateToJSON(candidate)] : [])),
  };
}

function candidateToJSON({ estimator, start, nextStart, splitFrom, seconds, crossValidation, model }: FittedCandidate<Mixture>): object {
  return {
    estimator,
    start,
    ...(nextStart === undefined ? {} : { nextStart }),
    splitFrom: splitFrom ?? null,
    seconds,
    ...(crossValidation === undefined ? {} : { crossValidation: crossValidationToJSON(crossValidation) }),
    model: model.toJSON(),
  };
}

/** JSON has no infinite numbers: a fold that holds a row of density 0 scores null. */
function crossValidationToJSON({ mean, standardError, folds, ...rest }: CrossValidation): object {
  const orNull = (value: number): number | null => (Number.isFinite(value) ? value : null);
  return {
    ...rest,
    mean: orNull(mean),
    standardError: orNull(standardError),
    folds: folds.map((fold) => ({ ...fold, score: orNull(fold.score) })),
  };
}

/** The seed of a selection that is to be gone on with. */
export function seedOf(resume: unknown): number {
  return readHeads(resume).number("seed");
}

/**
 * The candidates of earlier work.
 *
 * @param resume a selection, a {@link SelectionJSON} or its text; nothing in it is trusted
 * @throws MixturaError `invalid-model` for what is no selection, `unsupported-version`, `invalid-option` where data, seed or options differ
 */
export function candidatesFromJSON(
  resume: unknown,
  now: Circumstances,
  plugins: readonly MixturePlugin[],
  caller: string,
): FittedCandidate<Mixture>[] {
  const reader = readHeads(resume);
  const then = JSON.parse(JSON.stringify(reader.value("shared") ?? null)) as unknown;
  const differences = [
    ["seed", reader.value("seed"), now.seed],
    ["data", reader.value("data"), now.data],
    ["options", then, now.shared],
    ["splitStart", reader.value("splitStart"), now.splitStart],
  ] as const;
  for (const [what, before, after] of differences) {
    if (sorted(before) === sorted(after)) continue;
    throw new MixturaError(
      "invalid-option",
      `${caller}: "resume" belongs to another selection: its ${what} ${what === "options" ? "were" : "was"} ${text(before)}, now ${text(after)}. ` +
        "Pass the same rows, weights, seed and options, or start a new selection.",
      { option: "resume", found: before },
    );
  }
  return reader.list("candidates").flatMap((item, index) => {
    const row = readObject(item, `candidates[${index}]`);
    const estimator = row.string("estimator");
    const plugin = plugins.find(({ type }) => type === estimator);
    if (plugin === undefined) return [];
    const model = plugin.revive(row.value("model") as never);
    const { nComponents } = model;
    const covarianceType = "covarianceType" in model ? (model.covarianceType as CovarianceType) : undefined;
    const splitFrom = row.value("splitFrom") === null ? undefined : row.count("splitFrom", 1);
    const origin = { nComponents, covarianceType, estimator, splitFrom, seconds: row.number("seconds") };
    const crossValidation = row.has("crossValidation") ? readCrossValidation(row) : undefined;
    const start = row.oneOf("start", ["own", "split", "merged"] as const);
    const next = row.has("nextStart") ? { nextStart: row.number("nextStart") } : {};
    return [fittedCandidate({ model, start, ...next }, origin, crossValidation)];
  });
}

function readHeads(resume: unknown) {
  let value: unknown = resume;
  if (typeof value === "string") {
    try {
      value = JSON.parse(value);
    } catch (error) {
      throw new MixturaError(
        "invalid-model",
        `The selection should be JSON text, found text that is not JSON.`,
        { path: "", expected: "JSON text" },
        { cause: error },
      );
    }
  }
  if (typeof value === "object" && value !== null && "toJSON" in value && typeof value.toJSON === "function")
    value = (value as { toJSON(): unknown }).toJSON();
  const reader = readObject(value);
  if (reader.value("format") !== FORMAT) throw reader.fail("format", `"${FORMAT}"`);
  if (reader.value("version") !== VERSION) {
    throw new MixturaError(
      "unsupported-version",
      `The selection has format version ${show(reader.value("version"))}, this release reads ${VERSION}. Start a new selection.`,
      { found: reader.value("version"), supported: VERSION },
    );
  }
  return reader;
}

function readCrossValidation(row: ReturnType<typeof readObject>): CrossValidation {
  const reader = row.object("crossValidation");
  const numberOr = (from: typeof reader, key: string, otherwise: number): number =>
    from.value(key) === null ? otherwise : from.number(key);
  const folds = reader.list("folds").map((item, index): FoldScore => {
    const fold = readObject(item, `crossValidation.folds[${index}]`);
    return Object.freeze({ rows: fold.count("rows"), weight: fold.number("weight"), score: numberOr(fold, "score", -Infinity) });
  });
  return Object.freeze({
    mean: numberOr(reader, "mean", -Infinity),
    standardError: numberOr(reader, "standardError", Infinity),
    weight: reader.number("weight"),
    folds: Object.freeze(folds),
    seed: reader.number("seed"),
  });
}

function text(value: unknown): string {
  return typeof value === "object" && value !== null ? JSON.stringify(value) : show(value);
}

/** JSON text with keys in order. */
function sorted(value: unknown): string {
  return JSON.stringify(value, (_, item: unknown) =>
    typeof item === "object" && item !== null && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : item,
  );
}
