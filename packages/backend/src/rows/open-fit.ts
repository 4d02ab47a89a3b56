import type { BlockSource, Data, Diagnostic, FitContext, MatrixLike } from "@mixtura/core";
import { toMatrix } from "@mixtura/core";
import type { Pace, Random } from "@mixtura/core/authoring";
import { checkFitContext, checkSampleWeight, createPace, isBlockSource } from "@mixtura/core/authoring";
import { checkTotalWeight, isInMemory, isRowSource, isUploadedMatrix } from "@mixtura/core/internal";
import { namer } from "../columns/equation.ts";
import { columnFindings } from "../columns/findings.ts";
import { lookAt } from "../columns/look-at.ts";
import type { PassBackend } from "../contract.ts";
import { plainBackend } from "../reference/plain-backend.ts";
import type { FastBackendModule } from "./fast-backend.ts";
import { fastBackend } from "./fast-backend.ts";
import { deviceOf, placeOn, uploadedTo } from "./place.ts";
import type { Rows } from "./rows.ts";
import { isInRange, outOfRange } from "./variance-range.ts";

/** What a fit asks for when it opens its data. */
export interface FitRequest {
  /** Who asks, for error texts: "GaussianMixture.fit". */
  readonly caller: string;
  /** Absent: the one that the rows lie on already, else the one that is done soonest. */
  readonly backend: PassBackend | undefined;
  /** Multiply-adds that the whole fit takes, roughly. */
  readonly work: (rows: number, features: number) => number;
  /** Draws the sample of a block source. */
  readonly random: Random;
  /** `() => import("@mixtura/backend-wasm/default")`. */
  readonly load: () => Promise<FastBackendModule>;
}

/** A fit's data and its clock. */
export interface OpenFit {
  readonly rows: Rows;
  readonly pace: Pace;
  /** What there is to say about the place where it runs. */
  readonly diagnostics: () => readonly Diagnostic[];
  readonly elapsedMilliseconds: () => number;
}

/**
 * Checks the data of a fit, looks at its columns, and opens it on a backend. Whoever opened the rows releases them.
 *
 * @throws (by rejection) MixturaError for every kind of bad input, before any fitting
 */
export async function openFit(X: Data, request: FitRequest, context: FitContext): Promise<OpenFit> {
  const started = performance.now();
  const { caller, random, work, load } = request;
  const { sampleWeight, numericStrings } = checkFitContext(context, caller);
  const pace = createPace(context.signal);
  pace.check();
  const chosen = request.backend ?? backendOf(X);
  let found: readonly Diagnostic[] = [];
  const backendFor = async (count: number, features: number): Promise<PassBackend> => {
    if (chosen !== undefined) return chosen;
    const fast = await fastBackend(work(count, features), load);
    found = fast.diagnostics;
    return fast.backend ?? plainBackend;
  };
  const rows = isRowSource(X)
    ? ((await X.openRows({ pace, random, sampleWeight, caller, backendFor, backendGiven: request.backend !== undefined })) as Rows)
    : isBlockSource(X)
      ? await openBlockSource(X)
      : await openMatrix(X);
  try {
    checkRange(rows, caller);
  } catch (error) {
    rows.release();
    throw error;
  }
  const { look } = rows.profile;
  const columns = look === undefined ? [] : columnFindings(look, namer(rows.featureNames));
  const diagnostics = (): readonly Diagnostic[] => [...found, ...columns, ...rows.diagnostics()];
  return { rows, pace, diagnostics, elapsedMilliseconds: () => performance.now() - started };

  /** Rows in memory. */
  async function openMatrix(given: MatrixLike): Promise<Rows> {
    const host = toMatrix(given, { caller, numericStrings });
    const weights = checkSampleWeight(sampleWeight, host.rows, caller);
    const profile = await lookAt(host, weights, pace);
    const backend = await backendFor(host.rows, host.columns);
    const uploaded = isUploadedMatrix(given) ? uploadedTo(backend, given) : undefined;
    const place = await placeOn(backend, { uploaded, like: { rows: host }, pace });
    const resident = place.rows(host, weights, uploaded?.origin ?? profile.means);
    return { ...resident, profile, diagnostics: place.diagnostics, sample: () => resident };
  }

  /** Rows that are read anew in every pass: few fits have them. */
  async function openBlockSource(source: BlockSource): Promise<Rows> {
    const { openBlocks } = await import("./block-rows.ts");
    return openBlocks(source, {
      async placeFor(count, sample) {
        const backend = await backendFor(count, source.columns);
        return placeOn(backend, { uploaded: undefined, like: { rows: sample }, pace });
      },
      sampleWeight,
      pace,
      random,
      caller,
    });
  }
}

/** The backend that rows were uploaded to. */
function backendOf(X: Data): PassBackend | undefined {
  return isInMemory(X) && isUploadedMatrix(X) ? deviceOf(X) : undefined;
}

/** Sums of log-densities of more weight than this might leave the range of doubles. */
const MOST_WEIGHT = 2 ** 960;

/**
 * Numbers so large or so small that their squares are not numbers any more, weighted or not, cannot be fitted in any available precision.
 *
 * @throws MixturaError `invalid-weight`, `not-finite`
 */
function checkRange({ profile: { ranges, variances, weight }, featureNames }: Rows, caller: string): void {
  checkTotalWeight(weight, caller, MOST_WEIGHT);
  const isFitted = (variance: number): boolean => isInRange(variance) && isInRange(variance * weight);
  const column = variances.findIndex((variance, j) => !isFitted(variance) && (ranges[j]! > 0 || !(variance < Infinity)));
  if (column === -1) return;
  const variance = variances[column]!;
  // Small weights may have left nothing of a variance that is in range itself.
  const isByWeight = isInRange(variance) || (variance < 1 && weight < 1);
  throw outOfRange(caller, column, isByWeight ? variance * weight : variance, featureNames, isByWeight ? weight : undefined);
}
