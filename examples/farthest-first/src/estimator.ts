import { MixturaError } from "@mixtura/core";
import { defineEstimator } from "@mixtura/core/authoring";
import { FARTHEST_FIRST, FittedFarthestFirst } from "./model.ts";
import type { FarthestFirstOptions } from "./options.ts";
import { farthestFirstOptions } from "./options.ts";
import { farthestFirst, squaredDistance } from "./traversal.ts";

/** Clustering around rows that are as far from each other as rows are. Nothing is drawn; one far row is a cluster of its own. */
export class FarthestFirst extends defineEstimator<FarthestFirstOptions, typeof farthestFirstOptions, FittedFarthestFirst>({
  type: FARTHEST_FIRST,
  summary: "Clustering around rows as far from each other as rows are.",
  capabilities: ["clustering"],
  options: farthestFirstOptions,
  async fit(given, job) {
    const { nClusters } = job.options;
    const read = await job.read(given);
    const centres = await farthestFirst(read.X, nClusters, job.pace);
    job.pace.check();
    const d = read.featureCount;
    const found = centres.length / d;
    const width = squaredDistance(centres, 0, centres, (found - 1) * d, d);
    if (!Number.isFinite(width)) {
      const message = `${job.caller}: the rows are too far apart for squares of distances. Divide the features by a large number.`;
      throw new MixturaError("not-finite", message, { row: 0, column: 0, found: width });
    }
    const message = `There are ${found} different rows for ${nClusters} clusters. Ask for fewer clusters.`;
    const diagnostics = found === nClusters ? [] : [{ code: "fewer-clusters", severity: "warning", message } as const];
    return new FittedFarthestFirst({ ...job.record(read, { diagnostics }), centres });
  },
  revive: (json) => FittedFarthestFirst.fromJSON(json),
}) {}
