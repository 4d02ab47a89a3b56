import type { Matrix, MatrixLike } from "@mixtura/core";
import { toMatrix } from "@mixtura/core";
import type { Components, Densities, MixtureParameters } from "./components.ts";
import { isDensityMixture, option, readComponents, readDensities } from "./components.ts";
import type { Membership } from "./rows.ts";
import { readFeatureNames, readMembership, readOutliers } from "./rows.ts";

/** Data with what is known of its rows. */
export interface DataArguments {
  /** n×d, finite. */
  readonly X: MatrixLike;
  /** The component of each row, from 0. Ignored where `responsibilities` are given. */
  readonly labels?: ArrayLike<number> | undefined;
  /** n×k: the responsibility of each component in each row, rows sum to 1. Shown as the blend of the components' colours. */
  readonly responsibilities?: MatrixLike | undefined;
  /** The mixture, or a fitted model. */
  readonly components?: MixtureParameters | undefined;
  /** One mark per row: true or 1 for an outlier. Drawn as rings. */
  readonly outliers?: ArrayLike<number | boolean> | undefined;
  /** Names of the d features. Default: those of `X`, or of the means. */
  readonly featureNames?: readonly string[] | undefined;
  /** Names of the components, for legends. Default: "component 0", …. */
  readonly componentNames?: readonly string[] | undefined;
}

/** The data arguments after checking. */
export interface DataSet {
  readonly X: Matrix;
  readonly components: Components | undefined;
  /** In place of `components`, where these need not be Gaussian. */
  readonly densities?: Densities | undefined;
  readonly membership: Membership | undefined;
  readonly outliers: readonly number[];
  readonly names: readonly string[];
  readonly componentNames: readonly string[];
}

/** The names of {@link DataArguments}. */
export const dataNames = ["X", "labels", "responsibilities", "components", "outliers", "featureNames", "componentNames"] as const;

/** Reads data and all that belongs to it, and throws our errors for what does not fit together. */
export function readDataSet(given: DataArguments, caller: string): DataSet {
  const X = toMatrix(given.X, { caller: `${caller}: X` });
  const { components, densities } = readMixture(given.components, caller, X.columns);
  const count = components?.count ?? densities?.count;
  const membership = readMembership(given, X.rows, count, caller);
  return {
    X,
    components,
    densities,
    membership,
    outliers: readOutliers(given.outliers, X.rows, caller),
    names: readFeatureNames(given.featureNames, X, components?.featureNames, X.columns, caller),
    componentNames: readComponentNames(given.componentNames, count ?? membership?.count ?? 0, caller),
  };
}

/** Reads a mixture of either kind, where there is one. */
export function readMixture(
  given: MixtureParameters | undefined,
  caller: string,
  columns?: number,
): Pick<DataSet, "components" | "densities"> {
  if (given === undefined) return { components: undefined };
  if (isDensityMixture(given)) return { components: undefined, densities: readDensities(given, caller) };
  return { components: readComponents(given, caller, columns) };
}

/** What a component is called that has no name. */
export function defaultName(k: number): string {
  return `component ${k}`;
}

/**
 * Names of the components.
 *
 * @throws MixturaError `invalid-option` when their number is wrong
 */
export function readComponentNames(given: readonly string[] | undefined, count: number, caller: string): readonly string[] {
  if (given === undefined) return Array.from({ length: count }, (_, k) => defaultName(k));
  if (!Array.isArray(given) || given.length !== count || given.some((name) => typeof name !== "string")) {
    throw option(caller, "componentNames", `${count} names`, given);
  }
  return given;
}
