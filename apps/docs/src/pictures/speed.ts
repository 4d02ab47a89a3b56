import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Dot } from "./dots.ts";
import { drawDots } from "./dots.ts";
import type { Picture } from "./picture.ts";

interface Ratio {
  readonly slower: string;
  readonly faster: string;
  readonly median: number;
  readonly least: number;
  readonly most: number;
}
interface Case {
  readonly labels: Readonly<Record<"n" | "d" | "k" | "covariance" | "data", string>>;
  readonly ratios: readonly Ratio[];
}

/** How many times as fast as scikit-learn an iteration of EM is, shape by shape, from the results that are kept. */
export function speedPictures(root: string): Picture[] {
  const { cases } = resultsOf<{ readonly cases: readonly Case[] }>(root, "em-iteration");
  const medians = cases.flatMap(({ ratios }) => ratios.filter(({ faster }) => faster === "wasm 2T").map(({ median }) => median));
  const rows = cases.map(({ labels, ratios }) => {
    const of = (faster: string): Ratio | undefined => ratios.find((ratio) => ratio.faster === faster && ratio.slower === "scikit-learn");
    const [two, one] = [of("wasm 2T"), of("wasm 1T")];
    const well = labels.data === "well" ? ", well separated" : "";
    return {
      label: `${Number(labels.n).toLocaleString("en")} × ${labels.d}, k ${labels.k}, ${labels.covariance}${well}`,
      dots: [
        ...(one === undefined ? [] : [{ value: one.median, isFull: false }]),
        ...(two === undefined ? [] : [{ value: two.median, range: [two.least, two.most] as const, isFull: true }]),
      ],
    };
  });
  return [
    {
      name: "speed",
      alt: `An iteration of EM: how many times as fast as the faster of scikit-learn's thread counts, from ${Math.min(...medians).toFixed(1)} to ${Math.max(...medians).toFixed(0)} on two threads (full dots, with the range over the rounds), and on one (rings).`,
      width: 688,
      draw: (theme, width) =>
        drawDots(
          {
            title: "times as fast as scikit-learn",
            rowsAre: "rows × features, components, covariance",
            rows,
            limits: [0.8, 45],
            ticks: [1, 2, 3, 5, 10, 20, 30].map((value) => ({ value, label: `${value}×` })),
            even: 1,
            labelWidth: 262,
          },
          theme,
          width,
        ),
    },
  ];
}

interface BackendCase {
  readonly labels: Readonly<Record<"n" | "d" | "k", string>>;
  readonly series: readonly { readonly contender: string; readonly seconds: readonly number[] }[];
}

/** Engines on a graphics device, which were only run in software: their times say nothing. */
const IN_SOFTWARE = new Set(["tfjs-webgl", "tfjs-webgpu"]);

/** How long an iteration takes on each backend, from the results that are kept. */
export function backendPictures(root: string): Picture[] {
  const { cases } = resultsOf<{ readonly cases: readonly BackendCase[] }>(root, "backends");
  const [small, large] = cases;
  const millisecondsOf = ({ series }: BackendCase, name: string): number =>
    median(series.find(({ contender }) => contender === name)!.seconds) * 1000;
  const names = small!.series
    .map(({ contender }) => contender)
    .filter((name) => !IN_SOFTWARE.has(name))
    .toSorted((a, b) => millisecondsOf(large!, a) - millisecondsOf(large!, b));
  const shape = ({ labels }: BackendCase): string =>
    `${Number(labels.n).toLocaleString("en")} rows of ${labels.d} features, ${labels.k} components`;
  const rows = names.map((name) => ({
    label: name.replace(/ (\d)T$/, (_, threads) => (threads === "1" ? ", 1 thread" : `, ${threads} threads`)),
    dots: [small!, large!].map((one): Dot => ({ value: millisecondsOf(one, name), isFull: one === large })),
  }));
  const [first, last] = [names[0]!, names.at(-1)!].map((name) => millisecondsOf(large!, name));
  return [
    {
      name: "speed-backends",
      alt: `Milliseconds per iteration of EM on each backend: for ${shape(large!)} from ${first!.toFixed(0)} to ${last!.toFixed(0)}.`,
      caption: `An iteration of EM on each backend: full dots for ${shape(large!)}, rings for ${shape(small!)}. Each step to the right is ten times as long.`,
      width: 688,
      draw: (theme, width) =>
        drawDots(
          {
            title: "milliseconds per iteration",
            rowsAre: "backend",
            rows,
            limits: [10, 40_000],
            ticks: [10, 100, 1000, 10_000].map((value) => ({ value, label: value.toLocaleString("en") })),
            labelWidth: 140,
          },
          theme,
          width,
        ),
    },
  ];
}

function resultsOf<Results>(root: string, name: string): Results {
  return JSON.parse(readFileSync(join(root, "bench", "results", `${name}.json`), "utf8")) as Results;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[sorted.length >> 1]!;
}
