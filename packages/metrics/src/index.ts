export { adjustedMutualInfoScore } from "./adjusted-mutual-info.ts";
export { adjustedRandScore } from "./adjusted-rand.ts";
export { averagePrecisionScore } from "./average-precision.ts";
export { precisionAtN } from "./precision-at-n.ts";
export type { RankingOptions } from "./ranking.ts";
export { rocAucScore } from "./roc-auc.ts";
export type { SilhouetteContext } from "./silhouette.ts";
export { silhouetteSamples, silhouetteScore } from "./silhouette.ts";
