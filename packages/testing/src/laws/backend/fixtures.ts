import type { GaussianComponents, Scatter, ShapeName } from "@mixtura/backend";
import { CHUNK_ROWS, gaussianComponents, scatters } from "@mixtura/backend";
import { factorSize } from "@mixtura/backend/internal/factors";
import type { Matrix } from "@mixtura/core";
import type { Random } from "@mixtura/core/authoring";
import { createRandom } from "@mixtura/core/authoring";
import { naiveRows } from "../../naive/gaussian.ts";

/** One number of a whitening factor, by its row and column among d columns. */
const FACTORS = {
  full(random, i, j, d) {
    if (i === j) return positive(random);
    return j < i ? (0.5 * random.normal()) / Math.sqrt(d) : 0;
  },
  diag: positive,
  spherical: positive,
} satisfies Record<ShapeName, (random: Random, i: number, j: number, features: number) => number>;

function positive(random: Random): number {
  return 0.7 + random.uniform();
}

const SHAPES = Object.keys(FACTORS) as ShapeName[];
export const SCATTERS = Object.keys(scatters) as Scatter[];
const FEATURES = [1, 2, 3, 4, 5, 8, 17] as const;
const COUNTS = [1, 2, 7] as const;
/** Row counts around the ends of chunks. */
const CHUNK_EDGES = [1, CHUNK_ROWS - 1, CHUNK_ROWS, CHUNK_ROWS + 1, 2 * CHUNK_ROWS + 300] as const;

/** What a mixture and its rows look like. */
export interface CaseSize {
  readonly rows: number;
  readonly features: number;
  readonly count: number;
  readonly shape: ShapeName;
  readonly shared: boolean;
  readonly seed: number;
}

/** Rows, components, and everything that a kernel can be asked about them. All numbers are exact in float32. */
export interface Case extends CaseSize {
  readonly data: Matrix;
  readonly components: GaussianComponents;
  /** Points to take moments about which are not the means. */
  readonly centres: Float64Array;
  /** Some of them 0. */
  readonly rowWeights: Float64Array;
  /** 0 … k−1, and −1 for rows to be left out. */
  readonly labels: Int32Array;
  /** About as large as squared distances; Infinity for some. */
  readonly potentials: Float64Array;
  readonly name: string;
}

/** Closest that the two likeliest components of a row may be, in nats: no precision under test confuses them. */
const CLEAR_LEAD = 1e-3;

/** Rows that are drawn afresh; longer data repeats them. A prime, so that no two chunks are alike. */
const DISTINCT_ROWS = 599;

/** A mixture with overlapping components, rows drawn from it, weights, labels and centres. */
export function drawCase(size: CaseSize): Case {
  const { rows, features, count, shape, shared, seed } = size;
  const random = createRandom(seed, features, count);
  const components = drawComponents(size, random);
  const data = { data: new Float64Array(rows * features), rows, columns: features };
  const drawn = Math.min(rows, DISTINCT_ROWS);
  for (let row = 0; row < drawn; row++) drawRow(data.data.subarray(row * features, (row + 1) * features), components, random);
  for (let index = drawn * features; index < data.data.length; index++) data.data[index] = data.data[index - drawn * features]!;
  const numbers = (length: number, draw: () => number): Float64Array => Float64Array.from({ length }, () => Math.fround(draw()));
  return {
    ...size,
    data,
    components,
    centres: components.means.map((mean) => Math.fround(mean + random.normal())),
    rowWeights: numbers(rows, () => (random.integer(4) === 0 ? 0 : 0.25 + 2 * random.uniform())),
    labels: Int32Array.from({ length: rows }, () => random.integer(count + 1) - 1),
    potentials: numbers(rows, () => (random.integer(8) === 0 ? Infinity : 4 * features * random.uniform())),
    name: `${shared ? "shared " : ""}${shape}, d = ${features}, k = ${count}, n = ${rows}`,
  };
}

/** Every shape, shared or not, every d and k together, with few rows. */
export const smallCases = once(() => everySize(24).map(drawCase));

/** A fifth of the shapes and sizes, with rows enough for several blocks of cache. */
export const mediumCases = once(() =>
  everySize(130)
    .filter((_, index) => index % 5 === 0)
    .map(drawCase),
);

/** Cases whose rows end before, at and after the end of a chunk. */
export const chunkCases = once(() =>
  CHUNK_EDGES.map((rows) => drawCase({ rows, features: 2, count: 2, shape: "full", shared: false, seed: 12 })),
);

function everySize(rows: number): CaseSize[] {
  return SHAPES.flatMap((shape) =>
    [false, true].flatMap((shared) =>
      FEATURES.flatMap((features) => COUNTS.map((count) => ({ rows, features, count, shape, shared, seed: 11 }))),
    ),
  );
}

/** Several laws use the same cases, and write to none of them. */
function once(draw: () => Case[]): () => readonly Case[] {
  let drawn: readonly Case[] | undefined;
  return () => (drawn ??= draw());
}

/** The ways to ask for an expectation, each with its turn: a case takes a few of them, and all cases together meet them all. */
export interface Asked {
  readonly scatter: Scatter;
  readonly assignment: "soft" | "hard";
  readonly weighted: boolean;
}

const ASKED: readonly Asked[] = SCATTERS.flatMap((scatter) =>
  (["soft", "hard"] as const).flatMap((assignment) => [false, true].map((weighted) => ({ scatter, assignment, weighted }))),
);

/** Four of the twenty ways to ask. Steps of 7 through 20 meet every way after five cases, so each d, k and shape meets most of them. */
export function askedOf(caseIndex: number): Asked[] {
  return [0, 1, 2, 3].map((step) => ASKED[((caseIndex * 4 + step) * 7) % ASKED.length]!);
}

function drawComponents({ features, count, shape, shared }: CaseSize, random: Random): GaussianComponents {
  const exact = (length: number, draw: (index: number) => number): Float64Array =>
    Float64Array.from({ length }, (_, i) => Math.fround(draw(i)));
  const size = factorSize(shape, features);
  const whitening = exact((shared ? 1 : count) * size, (index) =>
    FACTORS[shape](random, Math.floor((index % size) / features), index % features, features),
  );
  const means = exact(count * features, () => 1.5 * random.normal());
  const weights = exact(count, () => 1 / count + 0.3 * random.uniform());
  const components = gaussianComponents({ weights, means, shape, shared, whitening });
  return { ...components, logOffsets: components.logOffsets.map(Math.fround) };
}

/** Draws rows until one has a clear likeliest component. */
function drawRow(x: Float64Array, components: GaussianComponents, random: Random): void {
  const { count, features, means } = components;
  for (;;) {
    const k = random.integer(count);
    for (let j = 0; j < features; j++) x[j] = Math.fround(means[k * features + j]! + random.normal());
    if (count === 1 || lead(x, components) > CLEAR_LEAD) return;
  }
}

function lead(x: Float64Array, components: GaussianComponents): number {
  const terms = naiveRows({ data: x, rows: 1, columns: x.length }, components)[0]!.logTerms;
  const [first, second] = terms.toSorted((a, b) => b - a);
  return first! - second!;
}

/** A coordinate whose square is infinite. */
export function tooFar(precision: "float64" | "float32"): number {
  return precision === "float64" ? 1e200 : 2 ** 70;
}
