import type { GaussianComponents, Moments, Scatter } from "@mixtura/backend";
import { directionNumbers, writeDirections } from "./directions.ts";
import type { Job } from "./job.ts";
import { ASSIGNMENTS, GUESSING, JOB_BYTES, SHAPES, writeJob } from "./job.ts";
import type { Layout } from "./layout.ts";
import type { PackedRows } from "./matrix.ts";
import { factorNumbers, kernelOf, oneScale, writeFactors, writeMeans } from "./parameters.ts";
import { screenNumbers, writeScreen } from "./screen.ts";
import { sumsOf } from "./sums.ts";

/** What a pass over packed rows is asked for. */
export interface PassRequest {
  readonly rows: PackedRows;
  readonly count: number;
  readonly components?: GaussianComponents | undefined;
  readonly sums?: { readonly scatter: Scatter; readonly centres: Float64Array } | undefined;
  readonly assignment: keyof typeof ASSIGNMENTS;
  /** Addresses of a weight, a label and a potential per row, or 0. */
  readonly weights: number;
  readonly labels: number;
  readonly potentials: number;
  /** Address of each row's most probable component, read or written, and whether it is known. */
  readonly guesses?: { readonly address: number; readonly known: boolean } | undefined;
  /** Whether full factors and scatters may be worked on in single precision. */
  readonly single?: boolean;
  /** Bytes of two output areas. */
  readonly out?: readonly [number, number];
}

/** A pass laid out in memory: one job per thread. */
export interface Pass {
  readonly address: number;
  readonly jobs: readonly number[];
  readonly job: Job;
  /** Fused multiply-adds per row, roughly. */
  readonly workPerRow: number;
}

/** Multiply-adds that one step may cost: about 8 ms. */
const WORK_PER_STEP = 4e7;
/** Cost of a pair of row and component on top of its matrix, mainly the exponential, in multiply-adds. */
const WORK_PER_PAIR = 40;

/** Lays a pass out for a number of threads; the sums are cleared. To be given back to the arena by its `address`. */
export function layOut(request: PassRequest, threads: number): Pass {
  const { rows, count, components, sums, assignment, weights, labels, potentials, guesses, single = false, out } = request;
  const { arena, layout } = rows;
  const { features, padded, block, pitch } = layout;
  const kernel = components === undefined ? undefined : kernelOf(components);
  const scatter = sumsOf(sums?.scatter);
  const square = kernel?.square === true || scatter.square;
  const workPerRow =
    count * ((square ? padded * padded : 3 * padded) + WORK_PER_PAIR) + (kernel?.whitensRows === true ? padded * padded : 0);
  const step = Math.min(block, Math.max(8, 2 ** Math.floor(Math.log2(WORK_PER_STEP / workPerRow))));
  const tile = Math.min(layout.tile * (single ? 2 : 1), step);

  const s1 = even(count) * 8;
  const S2 = s1 + even(count * padded) * 8;
  const scalars = S2 + even(scatter.numbers(count, layout)) * 8;
  const sumsBytes = scalars + 32;
  const termStride = (step + 8) * 8;

  const areas = new Areas();
  const means = areas.add(count * padded * 8);
  const factors = areas.add(components === undefined ? 0 : factorNumbers(components, layout) * 8);
  const factors32 = areas.add(single && components !== undefined ? factorNumbers(components, layout) * 4 : 0);
  const nearest = components !== undefined && asksForNearest(request, components);
  const screens = nearest ? screenNumbers(components) : 0;
  const screen = areas.add(screens * 4);
  const offsets = areas.add(count * 8);
  const centres = areas.add(count * padded * 8);
  const pairs = guesses?.known ? directionNumbers(count, layout) : { directions: 0, distances: 0 };
  const directions = areas.add(pairs.directions * 8);
  const distances = areas.add(pairs.distances * 8);
  const chunk = areas.add(sumsBytes);
  const total = areas.add(sumsBytes);
  const outputs = [areas.add(out?.[0] ?? 0), areas.add(out?.[1] ?? 0)] as const;
  const own = Array.from({ length: threads }, () => ({
    job: areas.add(JOB_BYTES),
    terms: areas.add(count * termStride),
    best: areas.add(step * 8),
    perRow: areas.add(step * 8),
    differences: areas.add(Math.max(padded, 4) * tile * 8),
    weighted: areas.add(Math.max(padded, 4) * tile * 8),
    live: areas.add((step + 2) * 4),
    span: areas.add(sumsBytes),
    lists: areas.add(guesses?.known ? 2 * count * step * 4 : 0),
    counts: areas.add(guesses?.known ? 2 * count * 4 : 0),
  }));

  const address = arena.take(areas.bytes);
  const { exports } = arena;
  const { doubles } = arena;
  const perComponent = components === undefined || components.shared ? 0 : factorNumbers(components, layout) / count;
  if (components !== undefined) {
    writeMeans(doubles, (address + means) / 8, components, layout);
    writeFactors(doubles, (address + factors) / 8, components, layout);
    if (single) writeFactors(arena.singles, (address + factors32) / 4, components, layout);
    doubles.set(components.logOffsets, (address + offsets) / 8);
    if (screens > 0) writeScreen(arena.singles, (address + screen) / 4, components);
    if (guesses?.known) writeDirections(doubles, (address + directions) / 8, (address + distances) / 8, components, layout);
  }
  if (sums !== undefined) writePadded(doubles, (address + centres) / 8, sums.centres, count, layout);
  exports.clear(address + chunk, sumsBytes);
  exports.clear(address + total, sumsBytes);
  const job: Job = {
    features,
    padded,
    count,
    block,
    pitch: pitch * 8,
    step,
    tile,
    termStride,
    shape: kernel?.code ?? SHAPES.small,
    scatter: scatter.code,
    assignment: ASSIGNMENTS[assignment],
    fallback:
      components === undefined
        ? 0
        : Math.max(
            0,
            components.logOffsets.findIndex((offset) => offset > -Infinity),
          ),
    data: rows.address,
    weights,
    labels,
    means: components === undefined ? 0 : address + means,
    factors: address + factors,
    factorStride: perComponent * 8,
    offsets: address + offsets,
    centres: address + centres,
    terms: 0,
    best: 0,
    perRow: 0,
    differences: 0,
    weighted: 0,
    live: 0,
    span: 0,
    chunk: address + chunk,
    total: address + total,
    sumsBytes,
    s1,
    S2,
    scalars,
    out: out?.[0] ? address + outputs[0] : 0,
    out2: out?.[1] ? address + outputs[1] : 0,
    guessing: guesses === undefined ? GUESSING.none : guesses.known ? GUESSING.use : GUESSING.learn,
    guesses: guesses?.address ?? 0,
    directions: address + directions,
    distances: address + distances,
    lists: 0,
    counts: 0,
    single: single ? 1 : 0,
    factors32: address + factors32,
    potentials,
    nearest: nearest ? 1 : 0,
    screen: screens > 0 ? address + screen : 0,
  };
  for (const areasOfThread of own) {
    const { job: at, ...scratch } = areasOfThread;
    const placed = Object.fromEntries(Object.entries(scratch).map(([name, offset]) => [name, address + offset]));
    exports.clear(address + scratch.span, sumsBytes);
    writeJob(arena.integers, address + at, { ...job, ...placed });
  }
  return { address, jobs: own.map((areasOfThread) => address + areasOfThread.job), job, workPerRow };
}

/** Whether each row is to be given to its nearest mean, and nothing else depends on the distances. */
function asksForNearest({ assignment }: PassRequest, components: GaussianComponents): boolean {
  const { whitening, logOffsets } = components;
  if (assignment !== "hard" || kernelOf(components) !== oneScale) return false;
  return whitening.every((scale) => scale === 1) && logOffsets.every((offset) => offset === 0);
}

/** The sums of a finished pass, taken out of memory. */
export function readMoments({ job, jobs }: Pass, { arena, layout }: PackedRows, scatter: Scatter, centres: Float64Array): Moments {
  const { features: d, padded } = layout;
  const { count } = job;
  const sums = sumsOf(scatter);
  if (sums.closes(layout)) arena.exports.closePass(jobs[0]!);
  const { doubles } = arena;
  const base = job.total / 8;
  const s1 = new Float64Array(count * d);
  for (let k = 0; k < count; k++) {
    const from = base + job.s1 / 8 + k * padded;
    for (let j = 0; j < d; j++) s1[k * d + j] = doubles[from + j]!;
  }
  const scalars = base + job.scalars / 8;
  return {
    scatter,
    count,
    features: d,
    centres,
    s0: doubles.slice(base, base + count),
    s1,
    S2: sums.read(doubles, base + job.S2 / 8, count, layout),
    weight: doubles[scalars]!,
    logLikelihood: doubles[scalars + 1]!,
    classificationLogLikelihood: doubles[scalars + 2]!,
    livePairs: doubles[scalars + 3]!,
  };
}

/** The first sum of each component, taken out of memory. */
export function readMasses({ job }: Pass, { arena }: PackedRows): Float64Array {
  return arena.doubles.slice(job.total / 8, job.total / 8 + job.count);
}

function writePadded(to: Float64Array, base: number, rows: Float64Array, count: number, { features, padded }: Layout): void {
  for (let k = 0; k < count; k++) {
    for (let j = 0; j < padded; j++) to[base + k * padded + j] = j < features ? rows[k * features + j]! : 0;
  }
}

function even(count: number): number {
  return count + (count % 2);
}

/** Areas one after the other, each on a line of its own. */
class Areas {
  bytes = 0;

  add(bytes: number): number {
    const start = this.bytes;
    this.bytes += Math.ceil(bytes / 64) * 64;
    return start;
  }
}
