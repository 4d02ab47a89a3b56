import type { Pace } from "@mixtura/core/authoring";
import type { Coordinates } from "../acceleration/coordinates.ts";
import { mixtureCoordinates } from "../acceleration/mixture-coordinates.ts";
import { lowBlocks, withRaised } from "../em/m-step.ts";
import type { MixtureParameters } from "../em/m-step.ts";
import type { Posterior } from "./posterior.ts";
import { countPerRow } from "./update.ts";
import type { VariationalModel, VariationalScheme } from "./variational.ts";

/**
 * Coordinates of posteriors: those of the mixture of their means, with the rows of the components for weights. All else of a posterior follows from these by
 * the prior. Its step along the way is taken for the slope, since the prior bends the bound but little there.
 */
export function posteriorCoordinates(
  { kind, convention, gaussians, floors }: VariationalModel,
  scheme: VariationalScheme,
  pace: Pace,
): (anchor: Posterior) => Promise<Coordinates<Posterior>> {
  const { meanPrecision: prior0, degreesOfFreedom: freedom0 } = gaussians;
  const mixtureOf = ({ meanPrecision, means, covariances, whitening }: Posterior, total: number): MixtureParameters => ({
    weights: meanPrecision.map((precision) => Math.max(0, precision - prior0) / total),
    means,
    covariances,
    whitening,
  });
  return async (anchor) => {
    const total = anchor.meanPrecision.reduce((sum, precision) => sum + Math.max(0, precision - prior0), 0);
    const count = anchor.meanPrecision.length;
    const d = anchor.means.length / count;
    const mixtures = await mixtureCoordinates(kind, mixtureOf(anchor, total), pace);
    const perRow = countPerRow(kind, convention, d, count);
    const of = (posterior: Posterior): Promise<Float64Array> => mixtures.of(mixtureOf(posterior, total));
    return {
      of,
      async at(place) {
        const mixture = await mixtures.at(place);
        if (mixture === undefined) return undefined;
        const masses = mixture.weights.map((weight) => weight * total);
        const { evidence: _evidence, ...weights } = scheme.weightsOf(masses, anchor);
        const { means, covariances, whitening } = mixture;
        const held = kind.shared ? Float64Array.of(total) : masses;
        const posterior: Posterior = {
          ...weights,
          meanPrecision: masses.map((mass) => prior0 + mass),
          means,
          degreesOfFreedom: held.map((mass) => freedom0 + perRow * mass),
          covariances,
          whitening,
        };
        const limited = floors.least.some((value) => value > 0);
        return withRaised(kind, posterior, limited ? lowBlocks(kind, posterior, count, floors.least) : [], floors.least, pace);
      },
      async slope(posterior, mapped) {
        const [from, to] = [await of(posterior), await of(mapped)];
        return to.map((value, at) => value - from[at]!);
      },
      isFar: (place) => mixtures.isFar(place),
    };
  };
}
