// Times every picture. Usage: node bench/plot.ts [rounds]. Data come from a seed.
import { cpus } from "node:os";
import { matrix } from "@mixtura/core";
import { createRandom } from "@mixtura/core/authoring";
import { cleaningPlot, densityPlot, distancePlot, histogramPlot, pairPlot, qqPlot, scatterPlot, scorePlot } from "@mixtura/plot";

const ROWS = [1_000, 1_000_000];
const FEATURES = 5;
const GROUPS = 5;
const SEED = 20261122;
const rounds = Number(process.argv[2] ?? 3);

function scene(rows: number) {
  const random = createRandom(SEED);
  const data = Float64Array.from({ length: rows * FEATURES }, (_, at) => 4 * (Math.floor(at / FEATURES) % GROUPS) + random.normal());
  const shares = Float64Array.from({ length: rows * GROUPS }, (_, at) =>
    at % GROUPS === Math.floor(at / GROUPS) % GROUPS ? 0.6 : 0.4 / (GROUPS - 1),
  );
  const identity = Array.from({ length: FEATURES }, (_, i) => Array.from({ length: FEATURES }, (_unused, j) => (i === j ? 1 : 0)));
  const groups = Array.from({ length: GROUPS }, (_, k) => k);
  return {
    X: matrix(data, rows, FEATURES),
    responsibilities: matrix(shares, rows, GROUPS),
    components: {
      weights: groups.map(() => 1 / GROUPS),
      means: groups.map((k) => identity.map(() => 4 * k)),
      covariances: groups.map(() => identity),
    },
  };
}

console.log(
  `${rounds} rounds, medians; ${FEATURES} features, ${GROUPS} components, seed ${SEED}; Node ${process.version}, ${cpus()[0]?.model ?? "unknown processor"}`,
);
for (const rows of ROWS) {
  const { X, responsibilities, components } = scene(rows);
  const squares = Float64Array.from({ length: rows }, (_, row) => X.data[row * FEATURES]! ** 2);
  const scores = squares.map((square) => 0 - square);
  const removed = Uint8Array.from(squares, (square) => Number(square > 300));
  const draws = {
    "scatterPlot, no groups": () => scatterPlot({ X }),
    "scatterPlot, responsibilities": () => scatterPlot({ X, responsibilities, components }),
    densityPlot: () => densityPlot({ X, components }),
    histogramPlot: () => histogramPlot({ X, components }),
    "pairPlot, responsibilities": () => pairPlot({ X, responsibilities, components }),
    distancePlot: () => distancePlot({ classical: squares, robust: squares, features: FEATURES }),
    qqPlot: () => qqPlot({ squaredDistances: squares, features: FEATURES, cutoff: 12.8 }),
    scorePlot: () => scorePlot({ scores, threshold: -12.8 }),
    cleaningPlot: () => cleaningPlot({ X, removed, before: components, after: components }),
  };
  for (const [name, draw] of Object.entries(draws)) {
    const times = Array.from({ length: rounds }, () => {
      const started = performance.now();
      draw();
      return performance.now() - started;
    }).toSorted((a, b) => a - b);
    console.log(
      `${rows.toLocaleString("en-US").padStart(9)} rows  ${name.padEnd(30)} ${times[Math.floor(rounds / 2)]!.toFixed(0).padStart(5)} ms  ${(draw().length / 1000).toFixed(0).padStart(4)} kB`,
    );
  }
}
