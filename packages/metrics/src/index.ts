export { adjustedMutualInfoScore } from "./adjusted-mutual-info.ts";
export { adjustedRandScore } from "./adjusted-rand.ts";
export { averagePrecisionScore } from "./average-precision.ts";
export { precisionAtN } from "./precision-at-n.ts";
export { rocAucScore } from "./roc-auc.ts";
export { silhouetteSamples, silhouetteScore } from "./silhouette.ts";
