import type { Matrix } from "@mixtura/core";
import type { GaussianKernels, Primitives } from "../contract.ts";
import type { PlacedComponents } from "./components.ts";
import { placeComponents, placeRows } from "./components.ts";
import { above, equals, lowestTerm, orMinusInfinity, placeColumn, placeConstants } from "./constants.ts";
import { breathe, withHandles } from "./handles.ts";
import { logTermColumns } from "./log-terms.ts";
import { spanRows, spansOf } from "./spans.ts";
import type { Tally } from "./sums.ts";
import { addSums, sumByChunks, weightedSums } from "./sums.ts";

/**
 * Expectation and moments from primitives. Per span the log-terms are made component by component; then each component's responsibilities are
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
      const { weight, extras } = placed.radial;
      const weighs = weight !== undefined || extras.length > 0;
      const allLowest = await placeColumn(device, keep, most, lowest);

      return sumByChunks(spansOf(rows, features, count), scatter, features, centres, components, ({ start, end }, tally) =>
        withHandles(device, async (hold) => {
          const given = rowWeights?.subarray(start, end);
          // Rows of weight 0 are not brought at all: however far they lie, 0 times what is made of them must be 0.
          const counted = given?.includes(0) ? Int32Array.from(given.keys()).filter((row) => given[row] !== 0) : undefined;
          const weights = counted === undefined ? given : Float64Array.from(counted, (row) => given![row]!);
          const size = weights?.length ?? end - start;
          if (size === 0) return;
          const span = hold(
            counted === undefined
              ? device.sliceRows(data, start, end)
              : device.gatherRows(
                  data,
                  counted.map((row) => start + row),
                ),
          );
          const ones = hold(device.sliceRows(allOnes, 0, size));
          const lowestTerms = hold(device.sliceRows(allLowest, 0, size));
          const weightColumn = weights && hold(await device.upload({ data: weights, rows: size, columns: 1 }));
          const squares: H[] | undefined = weighs ? [] : undefined;
          const columns = await logTermColumns(device, span, placed, lowestTerms, hold, pace, squares);

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
          const scalars: H[] = [];
          for (let k = 0; k < count; k++) {
            const { sum, counts } = device.scope(() => {
              const responsibility =
                assignment === "soft" ? device.exp(device.subtract(columns[k]!, density)) : equals(device, best, indices[k]!, constants);
              const weighted = weightColumn === undefined ? responsibility : device.multiply(responsibility, weightColumn);
              const live = device.sum(above(device, responsibility, constants.live, constants), 0);
              const radial = squares && radialSums(device, placed, k, squares[k]!, weighted);
              return {
                sum: weightedSums(device, span, centreRows[k]!, radial?.weighted ?? weighted, ones, scatter),
                counts: device.joinColumns([live, ...(radial?.scalars ?? [])]),
              };
            });
            sums.push(hold(sum));
            scalars.push(hold(counts));
            await breathe(pace);
          }

          addRows(tally, await device.download(likelihoods), weights, lowest, assignment);
          addSums(tally, await device.download(hold(device.joinColumns(sums))), [...columns.keys()], components);
          addScalars(tally, (await device.download(hold(device.joinColumns(scalars)))).data);
        }),
      );
    });
}

/** What a radial part does with the weighted responsibilities of one component: 1×1 sums of them and of the extras, and what rows count with. */
function radialSums<H>(
  device: Primitives<H>,
  { radial: { weight, extras }, constants }: PlacedComponents<H>,
  k: number,
  squares: H,
  weighted: H,
): { scalars: H[]; weighted: H } {
  const sumOf = (values: H): H => device.sum(device.multiply(weighted, values), 0);
  const scalars = extras.map((extra) => sumOf(extra.device(device, squares, constants[k]!)));
  if (weight === undefined) return { scalars, weighted };
  return {
    scalars: [device.sum(weighted, 0), ...scalars],
    weighted: device.multiply(weighted, weight.device(device, squares, constants[k]!)),
  };
}

/** Adds the scalar sums of every component: live pairs, then, where rows are weighted by distance, the mass without those weights, then extras. */
function addScalars(tally: Tally, values: Float64Array): void {
  const { count, s0, radialMass, extra } = tally;
  const extras = (extra?.length ?? 0) / count;
  let at = 0;
  for (let k = 0; k < count; k++) {
    tally.livePairs += Math.round(values[at++]!);
    if (radialMass !== undefined) s0[k]! += values[at++]!;
    for (let e = 0; e < extras; e++) extra![k * extras + e]! += values[at++]!;
  }
}

/**
 * Adds what concerns rows and not components. These sums are made on the host: they are over numbers of one sign and any size, where a
 * device in float32 would lose digits.
 */
function addRows(tally: Tally, likelihoods: Matrix, weights: Float64Array | undefined, lowest: number, assignment: "soft" | "hard"): void {
  for (let row = 0; row < likelihoods.rows; row++) {
    const weight = weights === undefined ? 1 : weights[row]!;
    const density = orMinusInfinity(likelihoods.data[2 * row]!, lowest);
    const largest = orMinusInfinity(likelihoods.data[2 * row + 1]!, lowest);
    tally.weight += weight;
    tally.logLikelihood += weight * (assignment === "soft" ? density : largest);
    tally.classificationLogLikelihood += weight * largest;
  }
}
