// What few fits need, in one module that the first of them loads: the rest bundles and starts without it.
export { repair } from "./em/repair.ts";
export { moveToFarthest } from "./k-means/farthest.ts";
export { randomMoments } from "./seeding/random-responsibilities.ts";
export { spheredSpace } from "./seeding/sphered.ts";
