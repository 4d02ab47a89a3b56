// How often the true probability of a random box lies within the reported 99 % bound, as Markdown:
//   node packages/mixture/bench/probability-coverage.ts [cases, default 500] [tolerance, default 1e-5]
// Random mixtures of 1 to 3 components in 2 to 10 features; the truth is an integral over two factors (test/density/random-boxes.ts).
import { probability } from "../src/density.ts";
import { randomBox } from "../test/density/random-boxes.ts";

const cases = Number(process.argv[2] ?? 500);
const tolerance = Number(process.argv[3] ?? 1e-5);

interface Tally {
  cases: number;
  inside: number;
  reached: number;
  largest: number;
  bound: number;
  milliseconds: number;
  worst: number;
}

const tallies = new Map<string, Tally>();
for (let seed = 0; seed < cases; seed++) {
  const { model, lower, upper, truth } = randomBox(seed);
  const started = performance.now();
  const { probability: found, errorBound, method } = await probability(model, { lower, upper }, { randomState: seed, tolerance });
  const elapsed = performance.now() - started;
  for (const row of [`${method}, d = ${model.featureCount}`, `all ${method}`, "all"]) {
    const tally = tallies.get(row) ?? { cases: 0, inside: 0, reached: 0, largest: 0, bound: 0, milliseconds: 0, worst: 0 };
    const error = Math.abs(found - truth);
    tally.cases++;
    // The truth itself is good to 1e-12.
    if (error <= errorBound + 1e-12) tally.inside++;
    if (errorBound <= tolerance) tally.reached++;
    tally.largest = Math.max(tally.largest, error);
    tally.bound += errorBound;
    tally.worst = Math.max(tally.worst, error / (errorBound + 1e-12));
    tally.milliseconds += elapsed;
    tallies.set(row, tally);
  }
}

console.log(`${cases} random boxes, tolerance ${tolerance}, Node ${process.version}, ${process.platform} ${process.arch}\n`);
console.log("| method | cases | truth inside the bound | bound ≤ tolerance | largest error | mean bound | worst error ÷ bound | mean ms |");
console.log("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
for (const [row, tally] of [...tallies].toSorted(([a], [b]) => a.localeCompare(b, "en", { numeric: true }))) {
  const { cases: n, inside, reached, largest, bound, milliseconds, worst } = tally;
  const share = `${inside} (${((100 * inside) / n).toFixed(1)} %)`;
  const figures = [largest.toExponential(1), (bound / n).toExponential(1), worst.toFixed(2), (milliseconds / n).toFixed(1)];
  console.log(`| ${row} | ${n} | ${share} | ${reached} | ${figures.join(" | ")} |`);
}
