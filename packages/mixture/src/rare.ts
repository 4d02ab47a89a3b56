// What few fits need, in one module that the first of them loads: the rest bundles and starts without it.
export { degenerateDiagnostics } from "./em/degenerate-diagnostics.ts";
export { lift } from "./em/lift.ts";
export { constantFeatures, outOfReach, setAside, stoppedEarly, tooFewRows } from "./em/outcome.ts";
export { RepairLog } from "./em/repair-log.ts";
export { repair } from "./em/repair.ts";
export { smallestEigenvalue } from "./em/smallest-eigenvalue.ts";
export { withModels } from "./em/with-models.ts";
export { explicitStart } from "./gaussian-mixture/explicit.ts";
export { parametersOfModel } from "./gaussian-mixture/initial-model.ts";
export { moveToFarthest } from "./k-means/farthest.ts";
export { labelledPartition } from "./seeding/labelled.ts";
export { spheredSpace } from "./seeding/sphered.ts";
