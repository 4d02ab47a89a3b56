/**
 * How weights are distributed before the data are seen: a Dirichlet process cut off at K components, which expects few large ones, or a symmetric
 * Dirichlet distribution.
 */
export type WeightConcentrationPriorType = "dirichlet_process" | "dirichlet_distribution";

/**
 * "conjugate" is a model for every covariance type, with a bound that never falls; "scikit-learn" gives scikit-learn's numbers, whose degrees of
 * freedom for tied, diag and spherical covariances belong to no model.
 */
export type PriorConvention = "conjugate" | "scikit-learn";

/**
 * What a fitted model scores, labels and draws rows by: the posterior predictive (a mixture of Student t distributions), the Gaussian mixture at
 * the posterior means, or the variational expectation that scikit-learn scores by, which is no density.
 */
export type PosteriorDensity = "predictive" | "plugin" | "variational";

/** The kinds of prior, the default first. */
export const weightConcentrationPriorTypes: readonly WeightConcentrationPriorType[] = ["dirichlet_process", "dirichlet_distribution"];

/** The conventions, the default first. */
export const priorConventions: readonly PriorConvention[] = ["conjugate", "scikit-learn"];

/** What a model may answer by, the default first. */
export const posteriorDensities: readonly PosteriorDensity[] = ["predictive", "plugin", "variational"];

/** The fewest rows that a prior may count as, and the most: sums of such beliefs, and with the rows', are still doubles, and so are their inverses. */
export const LEAST_BELIEF = 1e-300;
export const MOST_BELIEF = 1e300;
