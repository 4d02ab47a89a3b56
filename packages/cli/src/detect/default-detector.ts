import { greatestOf } from "@mixtura/core/internal";
import type { Backend } from "@mixtura/backend";
import type { AnyEstimatorPlugin, Matrix } from "@mixtura/core";
import { isMixturaError, matrix } from "@mixtura/core";
import { createRandom } from "@mixtura/core/authoring";
import type { Table } from "@mixtura/io";
import { selectMixture } from "@mixtura/model-selection";
import type { Threshold } from "@mixtura/outliers";
import { EllipticEnvelope } from "@mixtura/outliers";
import { viewOf } from "@mixtura/outliers/internal";
import { grouped } from "@mixtura/wording/internal";
import { givenOptions } from "../flags/declared.ts";
import type { Terminal } from "../terminal.ts";
import type { Detection } from "./detection.ts";
import { DEFAULT_DETECTOR, namedPlugin, ownDeclarations } from "./estimator.ts";
import type { DetectFlags } from "./flags.ts";

/** The most rows that are looked at: of longer tables a sample. */
const MOST_ROWS = 2000;
/** Wider tables are left to the ellipse: mixtures want more rows than there usually are, and are slow. */
const MOST_FEATURES = 50;
/** Fewer rows than this, or than this many a feature, say nothing of groups. */
const LEAST_ROWS = 50;
const ROWS_PER_FEATURE = 10;
/** The fraction of the rows that an ellipse has to hold to describe a table: the others may be outliers. */
const BULK = 0.75;
/** Numbers of components that tell one group from several. */
const FEW = [1, 2, 3, 4];

/** The seed of all that is drawn to choose: one table has one choice. */
const SEED = 0;

/** Rules that mean the same for an ellipse and for a mixture. */
const FOR_BOTH: readonly string[] = ["apart", "contamination", "gap", "fpr"];

/** Whether the rows may choose the detector: none is named, and nothing is asked for that one ellipse alone has. */
export function mayChoose(flags: DetectFlags, plugin: AnyEstimatorPlugin, rule: Threshold | undefined): boolean {
  if (flags.estimator !== undefined || flags.clean === true) return false;
  if (rule !== undefined && !FOR_BOTH.includes(Object.keys(rule)[0]!)) return false;
  return Object.keys(givenOptions(ownDeclarations(plugin), flags)).every((name) => name === "randomState");
}

/** What the choice among detectors needs besides the rows. */
export interface Choosing {
  readonly plugins: readonly AnyEstimatorPlugin[];
  readonly backend: Backend | undefined;
}

/** A detector, and options that go with it. */
export interface ChosenDetector {
  readonly plugin: AnyEstimatorPlugin;
  readonly options: Readonly<Record<string, unknown>>;
}

/**
 * The detector of rows when none is named: one ellipse; or, where the rows fall into groups that no ellipse describes, the mixture that BIC prefers.
 *
 * @remarks At most 2,000 rows are looked at, the same ones every time, since the rows choose and not the seed. With
 *   10 features that is about a second of processor time, with 50 about 10, however long the table.
 */
export async function defaultDetector(
  { X: all, sampleWeight: weights }: Pick<Table, "X" | "sampleWeight">,
  { plugins, backend }: Choosing,
  terminal: Terminal,
): Promise<ChosenDetector> {
  const ellipse = { plugin: namedPlugin(plugins, DEFAULT_DETECTOR), options: {} };
  if (all.columns > MOST_FEATURES || all.rows < Math.max(LEAST_ROWS, ROWS_PER_FEATURE * all.columns)) return ellipse;
  terminal.progress("looking for groups");
  const rows = sampled({ X: all, weights });
  const how = { randomState: SEED, ...(backend === undefined ? {} : { backend }) };
  const plugin = namedPlugin(plugins, "MixtureDetector");
  try {
    if (!(await haveGroups(rows, how, terminal.signal))) return ellipse;
    if (rows.X === all) return { plugin, options: {} };
    // The search that the detector makes by itself takes long on a long table.
    const { winner } = await selectMixture(rows.X, { ...how, nInit: 1 }, contextOf(rows, terminal.signal));
    const { nComponents, covarianceType } = winner;
    return nComponents === 1 ? ellipse : { plugin, options: { nComponents, covarianceType } };
  } catch (error) {
    // What cannot be fitted is for the detector to refuse, in its own words.
    if (!isMixturaError(error) || error.code === "aborted") throw error;
    return ellipse;
  }
}

/** Why a mixture judges although no detector was named; nothing where one was, or where one ellipse judges. */
export function choiceSentence({ detector, chosen, trained }: Pick<Detection, "detector" | "chosen" | "trained">): string | undefined {
  const count = chosen === true ? viewOf(detector)?.weights.length : undefined;
  if (count === undefined || count === 1) return undefined;
  const where = trained !== undefined && trained.X.rows > MOST_ROWS ? ` for ${grouped(MOST_ROWS)} of them` : "";
  return (
    `One ellipse does not describe these rows: BIC prefers a mixture of ${count} components${where}, so ${detector.type} judges them; ` +
    `--estimator ${DEFAULT_DETECTOR} keeps to one ellipse.`
  );
}

interface WeightedRows {
  readonly X: Matrix;
  readonly weights: Float64Array | undefined;
}

type How = { readonly randomState: number; readonly backend?: Backend };

/**
 * Whether rows fall into groups that one ellipse does not describe: more than a quarter of them stand apart from it, or fewer do, and those that are
 * left (in the first case all) are several groups by ICL, none of which holds three quarters.
 *
 * ICL is BIC with a price on overlap: a heavy-tailed bulk, whose density wants several components, is mostly one group; and those around one centre are.
 *
 * @see Biernacki, Celeux & Govaert, Assessing a mixture model for clustering with the integrated completed likelihood, IEEE PAMI 22 (2000)
 */
async function haveGroups(rows: WeightedRows, how: How, signal: AbortSignal): Promise<boolean> {
  const { labels } = await new EllipticEnvelope(how).fitPredict(rows.X, contextOf(rows, signal));
  const within = picked(rows, (row) => labels[row] === 1);
  const described = massOf(within) >= BULK * massOf(rows);
  const bulk = described ? within : rows;
  const { winner, candidates } = await selectMixture(bulk.X, { ...how, nComponents: FEW, nInit: 1 }, contextOf(bulk, signal));
  const [clearest] = candidates
    .flatMap((candidate) => (candidate.error === undefined && !candidate.degenerate ? [candidate] : []))
    .toSorted((a, b) => a.icl - b.icl);
  if (clearest === undefined || clearest.nComponents === 1 || greatestOf(winner.model.weights) >= BULK) return false;
  // What lies around the same centre as something denser is its tail: a group is the most likely one at its own mean.
  const owners = await clearest.model.predict(clearest.model.means, { signal });
  return owners.filter((owner, component) => owner === component).length > 1;
}

function contextOf({ weights }: WeightedRows, signal: AbortSignal): { readonly signal: AbortSignal; readonly sampleWeight?: Float64Array } {
  return { signal, ...(weights === undefined ? {} : { sampleWeight: weights }) };
}

function massOf({ X, weights }: WeightedRows): number {
  return weights?.reduce((sum, weight) => sum + weight, 0) ?? X.rows;
}

/** All rows, or as many as are looked at, drawn without putting back. */
function sampled(rows: WeightedRows): WeightedRows {
  const total = rows.X.rows;
  if (total <= MOST_ROWS) return rows;
  const random = createRandom(SEED);
  let wanted = MOST_ROWS;
  return picked(rows, (row) => {
    const taken = random.uniform() * (total - row) < wanted;
    if (taken) wanted--;
    return taken;
  });
}

/** Some rows; `wanted` is asked once for each, in order. */
function picked({ X: { data, rows, columns, featureNames }, weights }: WeightedRows, wanted: (row: number) => boolean): WeightedRows {
  const places: number[] = [];
  for (let row = 0; row < rows; row++) if (wanted(row)) places.push(row);
  const values = new Float64Array(places.length * columns);
  places.forEach((row, at) => values.set(data.subarray(row * columns, (row + 1) * columns), at * columns));
  return {
    X: matrix(values, places.length, columns, featureNames),
    weights: weights && Float64Array.from(places, (row) => weights[row]!),
  };
}
