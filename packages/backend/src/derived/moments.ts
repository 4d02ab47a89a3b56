import type { GaussianKernels, Primitives } from "../contract.ts";
import { placeRows } from "./components.ts";
import { placeColumn } from "./constants.ts";
import { breathe, withHandles } from "./handles.ts";
import { spanRows, spansOf } from "./spans.ts";
import { addSums, sumByChunks, weightedSums } from "./sums.ts";

/** Moments of labelled groups from primitives. Each group's rows are gathered, so a row costs the same for any number of groups. */
export function momentsKernel<H>(device: Primitives<H>): GaussianKernels<H>["moments"] {
  return (data, { labels, rowWeights, centres, scatter, pace }) =>
    withHandles(device, async (keep) => {
      pace?.check();
      const [rows, features] = device.shape(data);
      const count = centres.length / features;
      const centreRows = await placeRows(device, centres, count, 1, features, keep);
      const allOnes = await placeColumn(device, keep, Math.min(rows, spanRows(features, 1)), 1);

      return sumByChunks(spansOf(rows, features, 1), scatter, features, centres, undefined, ({ start, end }, tally) =>
        withHandles(device, async (hold) => {
          const groups = groupRows(start, end, count, labels, rowWeights);
          const present = [...groups.keys()].filter((k) => groups[k]!.length > 0);
          const sums: H[] = [];
          for (const k of present) {
            const group = Int32Array.from(groups[k]!);
            const weights = rowWeights && Float64Array.from(group, (row) => rowWeights[row]!);
            const uploaded = weights && hold(await device.upload({ data: weights, rows: weights.length, columns: 1 }));
            const sum = device.scope(() => {
              const ones = device.sliceRows(allOnes, 0, group.length);
              return weightedSums(device, device.gatherRows(data, group), centreRows[k]!, uploaded ?? ones, ones, scatter);
            });
            sums.push(hold(sum));
            tally.livePairs += group.length;
            tally.weight += weights === undefined ? group.length : weights.reduce((total, weight) => total + weight, 0);
            await breathe(pace);
          }
          if (sums.length > 0) addSums(tally, await device.download(hold(device.joinColumns(sums))), present);
        }),
      );
    });
}

/** The rows of each group; a row without label or weight is in none. */
function groupRows(
  start: number,
  end: number,
  count: number,
  labels: Int32Array | undefined,
  rowWeights: Float64Array | undefined,
): number[][] {
  const groups = Array.from({ length: count }, (): number[] => []);
  for (let row = start; row < end; row++) {
    const label = labels === undefined ? 0 : labels[row]!;
    if (label >= 0 && rowWeights?.[row] !== 0) groups[label]!.push(row);
  }
  return groups;
}
