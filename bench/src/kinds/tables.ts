import { createRandom } from "@mixtura/core/authoring";

/** What may be odd about a column, or about the rows. */
export const kinds = ["dependent", "flag", "flag-group", "counts", "rounded", "repeated"] as const;
export type Kind = (typeof kinds)[number];

/** A table with groups that are known, and the same without what is odd. */
export interface KindTable {
  readonly kind: Kind;
  readonly seed: number;
  readonly groups: number;
  readonly plain: Labelled;
  readonly odd: Labelled;
}

interface Labelled {
  readonly rows: readonly (readonly number[])[];
  readonly labels: readonly number[];
}

type Random = ReturnType<typeof createRandom>;

/** Standard deviations between the centres of two groups, at least. */
const APART = 5;

/** A table of a kind. The same seed gives the same table. */
export function kindTable(kind: Kind, seed: number): KindTable {
  const random = createRandom(seed * 8 + kinds.indexOf(kind));
  // A flag that is the group knows two groups.
  const groups = kind === "flag-group" ? 2 : 2 + Math.floor(random.uniform() * 3);
  const plain = gaussianGroups(groups, 2 + Math.floor(random.uniform() * 3), random);
  return { kind, seed, groups, plain, odd: made[kind](plain, random) };
}

/** Round groups of 40 to 120 rows in units of their own, in any order of rows. */
function gaussianGroups(groups: number, features: number, random: Random): Labelled {
  const units = Array.from({ length: features }, () => 10 ** (3 * random.uniform() - 1));
  const centres: number[][] = [];
  while (centres.length < groups) {
    const centre = units.map(() => 4 * groups * random.uniform());
    if (centres.every((other) => Math.hypot(...other.map((value, j) => value - centre[j]!)) >= APART)) centres.push(centre);
  }
  const found = centres.flatMap((centre, label) =>
    Array.from({ length: 40 + Math.floor(80 * random.uniform()) }, () => ({
      label,
      row: centre.map((mean, j) => units[j]! * (mean + random.normal())),
    })),
  );
  for (let at = found.length - 1; at > 0; at--) {
    const other = Math.floor((at + 1) * random.uniform());
    [found[at], found[other]] = [found[other]!, found[at]!];
  }
  return { rows: found.map(({ row }) => row), labels: found.map(({ label }) => label) };
}

const made: Readonly<Record<Kind, (plain: Labelled, random: Random) => Labelled>> = {
  /** A sum, a rest to 100, or another unit; two in three rounded to a part of what they are made of. */
  dependent: ({ rows, labels }, random) => {
    const form = Math.floor(3 * random.uniform());
    const step = random.uniform() < 1 / 3 ? 0 : 10 ** -Math.floor(1 + 3 * random.uniform());
    const rounded = (value: number): number => (step === 0 ? value : Math.round(value / step) * step);
    return {
      labels,
      rows: rows.map((row) => {
        const kept = row.map(rounded);
        const sum = kept.reduce((total, value) => total + value, 0);
        return [...kept, rounded(form === 0 ? sum : form === 1 ? 100 - sum : 2.54 * kept[0]!)];
      }),
    };
  },
  /** A 0/1 column of a fraction of ones from 1 to 50 %, regardless of the group. */
  flag: (plain, random) => {
    const fraction = 0.01 + 0.49 * random.uniform();
    return withColumn(plain, () => Number(random.uniform() < fraction));
  },
  /** A 0/1 column that is the group. */
  "flag-group": (plain) => withColumn(plain, (label) => label),
  /** Counts of mean 0.5 to 8, regardless of the group. */
  counts: (plain, random) => {
    const mean = 0.5 + 7.5 * random.uniform();
    return withColumn(plain, () => poisson(mean, random));
  },
  /** All columns recorded in steps of 0.1 to 3 standard deviations of a group. */
  rounded: ({ rows, labels }, random) => {
    const step = 0.1 * 30 ** random.uniform();
    const spreads = rows[0]!.map((_, j) => withinSpread(rows, labels, j));
    return { labels, rows: rows.map((row) => row.map((value, j) => Math.round(value / (step * spreads[j]!)) * step * spreads[j]!)) };
  },
  /** A fifth of the rows stand there two to six times. */
  repeated: ({ rows, labels }, random) => {
    const times = rows.map(() => (random.uniform() < 0.2 ? 2 + Math.floor(5 * random.uniform()) : 1));
    const repeat = <T>(list: readonly T[]): T[] => list.flatMap((value, i) => Array.from({ length: times[i]! }, () => value));
    return { rows: repeat(rows), labels: repeat(labels) };
  },
};

function withColumn({ rows, labels }: Labelled, value: (label: number) => number): Labelled {
  return { labels, rows: rows.map((row, i) => [...row, value(labels[i]!)]) };
}

function withinSpread(rows: readonly (readonly number[])[], labels: readonly number[], j: number): number {
  const own = rows.filter((_, i) => labels[i] === 0).map((row) => row[j]!);
  const mean = own.reduce((sum, value) => sum + value, 0) / own.length;
  return Math.sqrt(own.reduce((sum, value) => sum + (value - mean) ** 2, 0) / own.length);
}

/** Knuth's product of uniform numbers: means are small. */
function poisson(mean: number, random: Random): number {
  let product = random.uniform();
  let count = 0;
  for (; product > Math.exp(-mean); count++) product *= random.uniform();
  return count;
}
