import type { Rows } from "@mixtura/backend/authoring";
import { extremes } from "@mixtura/backend/internal/rows";
import type { Diagnostic } from "@mixtura/core";
import type { CovarianceKind } from "../covariance/kind.ts";
import { blockSize } from "../covariance/kind.ts";
import type { Floors } from "./floors.ts";
import { floorEigenvalues, overallBlock } from "./floors.ts";
import type { Maximised, MixtureParameters } from "./m-step.ts";
import { componentsOf, whitenBlocks } from "./m-step.ts";

/**
 * Parameters that a next pass can use: covariances that failed to factorise are lifted to the floor, components without mass are put on the
 * least likely rows, with the spread of the whole data. Components that are sound are not touched.
 */
export async function repair(
  rows: Rows,
  kind: CovarianceKind,
  before: MixtureParameters,
  { parameters, empty, failed }: Maximised,
  floors: Floors,
  log: RepairLog,
): Promise<MixtureParameters> {
  const count = parameters.weights.length;
  const d = rows.features;
  const size = blockSize(kind, d);
  const covariances = parameters.covariances.slice();
  for (const { block } of failed) {
    covariances.set(floorEigenvalues(kind, covariances.subarray(block * size, (block + 1) * size), floors.repair), block * size);
    log.floored(block);
  }
  let { weights, means } = parameters;
  const reseeded = empty.filter((k) => log.mayReseed(k));
  if (reseeded.length > 0) {
    const value = { of: "log-density", components: componentsOf(kind, before) } as const;
    const spots = await rows.reduce(value, extremes(reseeded.length, "least"));
    means = means.slice();
    weights = weights.map((weight) => weight * (1 - reseeded.length / count));
    const spread = overallBlock(kind, rows.profile.variances, floors);
    reseeded.forEach((k, index) => {
      means.set(spots[index]?.row ?? new Float64Array(d), k * d);
      weights[k] = 1 / count;
      if (!kind.shared) covariances.set(spread, k * size);
    });
  }
  const { whitening, failed: stillFailed } = whitenBlocks(kind, covariances, count, d);
  // Rounding can still spoil a lifted matrix of enormous condition; its diagonal cannot fail.
  for (const { block } of stillFailed) {
    covariances.set(overallBlock(kind, rows.profile.variances, floors), block * size);
    kind.whiten(covariances, block * size, whitening, block * size, d);
  }
  return { weights, means, covariances, whitening };
}

/** Re-seedings of one component before it is left empty. */
const MAX_RESEEDS = 3;

/** What repairs did to the components of one restart. */
export class RepairLog {
  readonly #floored = new Map<number, number>();
  readonly #reseeds = new Map<number, number>();
  readonly #abandoned = new Set<number>();

  floored(component: number): void {
    this.#floored.set(component, (this.#floored.get(component) ?? 0) + 1);
  }

  /** Whether the component may be re-seeded once more; counts the re-seeding. */
  mayReseed(component: number): boolean {
    const done = this.#reseeds.get(component) ?? 0;
    if (done >= MAX_RESEEDS) {
      this.#abandoned.add(component);
      return false;
    }
    this.#reseeds.set(component, done + 1);
    return true;
  }

  /**
   * What there is to say about the repairs.
   *
   * @param masses rows of the components, as they are numbered in the end
   * @param numbering the component of the fit that each number stands for; absent: the fit's own numbering
   */
  diagnostics(masses: Float64Array, numbering: readonly number[] = Array.from(masses.keys())): Diagnostic[] {
    const renumbered = (counts: ReadonlyMap<number, number>): (readonly [component: number, times: number, before: number])[] =>
      numbering.flatMap((before, component) => (counts.has(before) ? [[component, counts.get(before)!, before] as const] : []));
    const floored = renumbered(this.#floored).map(([component, iterations]) => ({
      code: "floored-covariance",
      severity: "warning" as const,
      component,
      message:
        `The covariance of component ${component} was not positive definite in ${iterations} iteration(s) and was raised to the floor. ` +
        `Its rows lie in a subspace: use fewer components, a larger regCovar, or a stiffer covarianceType.`,
      detail: { iterations, rows: masses[component] ?? 0 },
    }));
    const reseeded = renumbered(this.#reseeds).map(([component, times, before]) => {
      const abandoned = this.#abandoned.has(before);
      return {
        code: abandoned ? "empty-component" : "reseeded-component",
        severity: "warning" as const,
        component,
        message: abandoned
          ? `Component ${component} lost all its rows, was re-seeded ${times} times and stayed empty; its weight is 0. Use fewer components.`
          : `Component ${component} lost all its rows and was re-seeded ${times} time(s) on the least likely row. Fewer components may fit as well.`,
        detail: { reseeds: times, rows: masses[component] ?? 0 },
      };
    });
    return [...floored, ...reseeded];
  }
}
