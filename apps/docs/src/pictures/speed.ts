import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ThemeName } from "@mixtura/plot/internal";
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

const COLOURS = {
  light: { text: "#24292f", muted: "#57606a", line: "#d8dee4", strong: "#6e7781", dot: "#0072b2", ground: "#ffffff" },
  dark: { text: "#e6e8eb", muted: "#a5adb8", line: "#30363d", strong: "#8b949e", dot: "#5fb0ec", ground: "#15181d" },
} as const;
const WIDTH = 720;
const ROW = 21;
const TOP = 54;
const LEFT = 262;
const RIGHT = WIDTH - 22;
const [LEAST, MOST] = [0.8, 45];
const TICKS = [1, 2, 3, 5, 10, 20, 30];

/** How many times as fast as scikit-learn an iteration of EM is, shape by shape, from the results that are kept. */
export function speedPictures(root: string): Picture[] {
  const { cases } = JSON.parse(readFileSync(join(root, "bench", "results", "em-iteration.json"), "utf8")) as {
    readonly cases: readonly Case[];
  };
  const ratios = cases.flatMap(({ ratios: all }) => all.filter(({ faster }) => faster === "wasm 2T").map(({ median }) => median));
  return [
    {
      name: "speed",
      alt: `An iteration of EM: how many times as fast as the faster of scikit-learn's thread counts, from ${Math.min(...ratios).toFixed(1)} to ${Math.max(...ratios).toFixed(0)} on two threads (full dots, with the range over the rounds), and on one (rings).`,
      draw: (theme) => draw(cases, theme),
      isWide: true,
    },
  ];
}

const x = (ratio: number): number => LEFT + (Math.log(ratio / LEAST) / Math.log(MOST / LEAST)) * (RIGHT - LEFT);

function draw(cases: readonly Case[], theme: ThemeName): string {
  const colours = COLOURS[theme === "dark" ? "dark" : "light"];
  const bottom = TOP + cases.length * ROW;
  const text = (left: number, top: number, said: string, more = ""): string =>
    `<text x="${left.toFixed(1)}" y="${top.toFixed(1)}" fill="${colours.muted}" ${more}>${said}</text>`;
  const grid = TICKS.map(
    (tick) =>
      `<line x1="${x(tick).toFixed(1)}" x2="${x(tick).toFixed(1)}" y1="${TOP - 6}" y2="${bottom}" stroke="${tick === 1 ? colours.strong : colours.line}"${tick === 1 ? ' stroke-dasharray="3 3"' : ""}/>` +
      text(x(tick), TOP - 12, `${tick}×`, 'text-anchor="middle"'),
  );
  const rows = cases.map(({ labels, ratios }, index) => {
    const y = TOP + (index + 0.5) * ROW;
    const of = (faster: string): Ratio | undefined => ratios.find((ratio) => ratio.faster === faster && ratio.slower === "scikit-learn");
    const [two, one] = [of("wasm 2T"), of("wasm 1T")];
    const well = labels.data === "well" ? ", well separated" : "";
    return [
      text(
        LEFT - 12,
        y + 4,
        `${Number(labels.n).toLocaleString("en")} × ${labels.d}, k ${labels.k}, ${labels.covariance}${well}`,
        'text-anchor="end"',
      ),
      one &&
        `<circle cx="${x(one.median).toFixed(1)}" cy="${y}" r="4" fill="${colours.ground}" stroke="${colours.dot}" stroke-width="1.6"/>`,
      two &&
        `<line x1="${x(two.least).toFixed(1)}" x2="${x(two.most).toFixed(1)}" y1="${y}" y2="${y}" stroke="${colours.dot}" stroke-width="2" stroke-opacity="0.5"/>` +
          `<circle cx="${x(two.median).toFixed(1)}" cy="${y}" r="4.8" fill="${colours.dot}"/>`,
    ].join("");
  });
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${bottom + 12}" font-family="system-ui, sans-serif" font-size="12">` +
    text(LEFT - 12, 20, "rows × features, components, covariance", 'text-anchor="end"') +
    `<text x="${LEFT}" y="20" fill="${colours.text}" font-weight="600">times as fast as scikit-learn</text>` +
    `${grid.join("")}${rows.join("")}</svg>`
  );
}
