import type { Contestants } from "./em/line-up.ts";
import { prepareTask } from "./em/rows.ts";
import type { Shape } from "./em/shape.ts";
import { parseShape } from "./em/shape.ts";
import { staged } from "./em/stage.ts";
import { growthOf } from "./memory/growth.ts";
import type { CaseReport, SeriesReport } from "./report.ts";

const SHAPES = ["1e6,8,32"];
const QUICK = ["1e5,8,8"];

/** What a fit may take besides one packed copy of the data. */
const ALLOWANCE = 32 * 2 ** 20;

/** How far a fit's memory rises above the data it was given. */
export const benchmark = staged({
  name: "memory",
  title: "Memory of a fit",
  unit: "fit of two iterations",
  shapes: SHAPES,
  quick: QUICK,
  about: [
    "Overlapping data (see em-iteration). Every fit has a process of its own; its data are loaded and its modules imported before. " +
      "Memory is the rise of the resident memory from there to its peak: the largest of the rounds.",
    "Allowed: one packed copy of the data and 32 MiB.",
  ],
  async runShape(text, { contestants, folder, rounds }) {
    const shape = parseShape(text);
    const { task, path } = prepareTask({ shape, separation: "over" }, folder);
    return { cases: [await memoryCase(shape, namesOf(contestants), (name) => growthOf(name, path, task, 2), rounds)], disagreements: [] };
  },
});

function namesOf({ ours, sklearn }: Contestants): string[] {
  return [...ours, ...sklearn].map(({ name }) => name);
}

async function memoryCase(
  shape: Shape,
  names: readonly string[],
  measure: (name: string) => ReturnType<typeof growthOf>,
  rounds: number,
): Promise<CaseReport> {
  const { rows, features, components, covarianceType } = shape;
  const allowed = rows * features * 8 + ALLOWANCE;
  const series: SeriesReport[] = [];
  for (const name of names) {
    const found = [];
    for (let round = 0; round < rounds; round++) found.push((await measure(name))!);
    const growthBytes = Math.max(...found.map(({ bytes }) => bytes));
    series.push({ contender: name, seconds: found.map(({ seconds }) => seconds), outcome: {}, growthBytes });
  }
  const within = series.filter(({ growthBytes }) => growthBytes! <= allowed).map(({ contender }) => contender);
  return {
    labels: { n: String(rows), d: String(features), k: String(components), covariance: covarianceType },
    series,
    ratios: [],
    remarks: {
      "the data, MiB": ((rows * features * 8) / 2 ** 20).toFixed(1),
      "allowed, MiB": (allowed / 2 ** 20).toFixed(1),
      "kept by": within.length === 0 ? "none" : within.join(", "),
    },
  };
}
