import type { Matrix } from "@mixtura/core";
import type { GaussianKernels, Primitives } from "../contract.ts";
import { placeComponents, placeRows } from "./components.ts";
import type { Constants } from "./constants.ts";
import { above, equals, lowestTerm, orMinusInfinity, placeColumn, placeConstants } from "./constants.ts";
import { breathe, withHandles } from "./handles.ts";
import { logTermColumns } from "./log-terms.ts";
import { spanRows, spansOf } from "./spans.ts";
import type { Tally } from "./sums.ts";
import { addSums, sumByChunks, weightedSums } from "./sums.ts";

/**
 * Expectation and moments from primitives. Per span the log-terms are made component by component; then each component's shares are
 * formed, summed and dropped. The device holds the terms of one span, the host gets two numbers per row and the sums.
 */
export function expectationKernel<H>(device: Primitives<H>): GaussianKernels<H>["expectation"] {
  return (data, components, { rowWeights, centres, scatter, assignment, pace }) =>
    withHandles(device, async (keep) => {
      pace?.check();
      const { count, features } = components;
      const [rows] = device.shape(data);
      const placed = await placeComponents(device, components, keep);
      const centreRows = await placeRows(device, centres, count, 1, features, keep);
      const constants = await placeConstants(device, keep);
      const indices = await placeRows(
        device,
        Float64Array.from({ length: count }, (_, k) => k),
        count,
        1,
        1,
        keep,
      );
      const most = Math.min(rows, spanRows(features, count));
      const allOnes = await placeColumn(device, keep, most, 1);
      const lowest = lowestTerm(device.precision);
      const allFloor = await placeColumn(device, keep, most, lowest);

      return sumByChunks(spansOf(rows, features, count), scatter, features, centres, ({ start, end }, tally) =>
        withHandles(device, async (hold) => {
          const weights = rowWeights?.subarray(start, end);
          const span = hold(device.sliceRows(data, start, end));
          const ones = hold(device.sliceRows(allOnes, 0, end - start));
          const floor = hold(device.sliceRows(allFloor, 0, end - start));
          const weightColumn = weights && hold(await device.upload({ data: weights, rows: weights.length, columns: 1 }));
          const counted = weights?.includes(0) ? hold(await device.upload(positive(weights))) : undefined;
          const columns = await logTermColumns(device, span, placed, constants, floor, hold, pace);

          const { density, best, likelihoods } = device.scope(() => {
            const terms = device.joinColumns(columns);
            const logDensity = device.logSumExp(terms, 1);
            return {
              density: logDensity,
              best: device.argmax(terms, 1),
              likelihoods: device.joinColumns([logDensity, device.max(terms, 1)]),
            };
          });
          hold([density, best, likelihoods]);
          await breathe(pace);

          const sums: H[] = [];
          const livePairs: H[] = [];
          for (let k = 0; k < count; k++) {
            const { sum, live } = device.scope(() => {
              const share =
                assignment === "soft" ? device.exp(device.subtract(columns[k]!, density)) : equals(device, best, indices[k]!, constants);
              const weighted = weightColumn === undefined ? share : device.multiply(share, weightColumn);
              return {
                sum: weightedSums(device, span, centreRows[k]!, weighted, ones, scatter),
                live: countLive(device, share, counted, constants),
              };
            });
            sums.push(hold(sum));
            livePairs.push(hold(live));
            await breathe(pace);
          }

          addRows(tally, await device.download(likelihoods), weights, lowest, assignment);
          addSums(tally, await device.download(hold(device.joinColumns(sums))), [...columns.keys()]);
          for (const live of (await device.download(hold(device.joinColumns(livePairs)))).data) tally.livePairs += Math.round(live);
        }),
      );
    });
}

/** Shares above 2⁻⁵³ among rows that count, 1×1. */
function countLive<H>(device: Primitives<H>, share: H, counted: H | undefined, constants: Constants<H>): H {
  const live = above(device, share, constants.live, constants);
  return device.sum(counted === undefined ? live : device.multiply(live, counted), 0);
}

/** 1 for a row of positive weight, 0 for others. */
function positive(weights: Float64Array): Matrix {
  return { data: weights.map((weight) => (weight > 0 ? 1 : 0)), rows: weights.length, columns: 1 };
}

/**
 * Adds what concerns rows and not components. These sums are made on the host: they are over numbers of one sign and any size, where a
 * device in float32 would lose digits.
 */
function addRows(tally: Tally, likelihoods: Matrix, weights: Float64Array | undefined, lowest: number, assignment: "soft" | "hard"): void {
  for (let row = 0; row < likelihoods.rows; row++) {
    const weight = weights === undefined ? 1 : weights[row]!;
    if (weight === 0) continue;
    const density = orMinusInfinity(likelihoods.data[2 * row]!, lowest);
    const largest = orMinusInfinity(likelihoods.data[2 * row + 1]!, lowest);
    tally.weight += weight;
    tally.logLikelihood += weight * (assignment === "soft" ? density : largest);
    tally.classificationLogLikelihood += weight * largest;
  }
}
