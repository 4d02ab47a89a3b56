import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { AccuracyResults, Comparison } from "../accuracy/results.ts";

/** The kept results that a comparison is made of; nothing in it is written by hand twice. */
export interface Figures {
  /** What `comparison.json` holds: what was checked by reading and by single runs. */
  readonly checked: Checked;
  /** Rows of the accuracy page, by the beginning of a title. */
  parity(title: string): Comparison["rows"];
  /** Median ratios of a benchmark, size by size: above 1 ours is faster. */
  ratios(benchmark: string, faster: string, labels?: Readonly<Record<string, string>>): readonly number[];
  /** Rows of the table of generated kinds in decision 0026: how often the number was right, and the agreement of the groups. */
  kinds(): readonly Kind[];
}

/** Facts that no benchmark gives. */
interface Checked {
  /** The releases compared with. */
  readonly programs: Readonly<Record<"scikit-learn" | "mclust" | "PyOD", string>>;
  /** What each can do: Mixtura, then the others in that order. */
  readonly features: readonly { readonly what: string; readonly cells: readonly string[] }[];
  /** Public CSV files that are refused at the first command. */
  readonly tables: { readonly files: number; readonly refused: number };
  /** Means over public tables, for rows that were fitted and scored together. */
  readonly detection: {
    readonly tables: number;
    readonly rows: readonly { readonly what: string; readonly auc: number; readonly precision: number }[];
  };
}

/** One odd kind of table: per program the per cent of tables with the right number, and the adjusted Rand index. */
export interface Kind {
  readonly what: string;
  readonly found: ReadonlyMap<string, { readonly right: number; readonly agreement: string }>;
}

interface KeptReport {
  readonly cases: readonly {
    readonly labels: Readonly<Record<string, string>>;
    readonly ratios: readonly { readonly faster: string; readonly median: number }[];
  }[];
}

/** Reads the results that are kept in the repository at `root`. */
export function readFigures(root: string): Figures {
  const json = <T>(...path: string[]): T => JSON.parse(readFileSync(join(root, ...path), "utf8")) as T;
  const { comparisons } = json<AccuracyResults>("apps", "docs", "accuracy.json");
  return {
    checked: json<Checked>("apps", "docs", "comparison.json"),
    parity: (title) =>
      found(
        comparisons.find((one) => one.title.startsWith(title)),
        title,
      ).rows,
    ratios(benchmark, faster, labels = {}) {
      const { cases } = json<KeptReport>("bench", "results", `${benchmark}.json`);
      const chosen = cases.filter((one) => Object.entries(labels).every(([label, value]) => one.labels[label] === value));
      const ratios = chosen.flatMap((one) => one.ratios.filter((ratio) => ratio.faster === faster).map(({ median }) => median));
      if (ratios.length === 0) throw new Error(`${benchmark} has no ratio to ${faster}.`);
      return ratios;
    },
    kinds: () => kindsOf(readFileSync(join(root, "docs", "decisions", "0026-floors.md"), "utf8")),
  };
}

function kindsOf(decision: string): Kind[] {
  const rows = [...decision.matchAll(/^\| ([^|]*)\| (Mixtura|scikit-learn|mclust) \| (\d+) % \([^|]*\) \| ([\d.]+) \|/gm)];
  const kinds: { what: string; found: Map<string, { right: number; agreement: string }> }[] = [];
  for (const [, what = "", program = "", right, agreement = ""] of rows) {
    if (what.trim() !== "") kinds.push({ what: what.trim(), found: new Map() });
    kinds.at(-1)!.found.set(program, { right: Number(right), agreement });
  }
  return kinds;
}

function found<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw new Error(`There is no comparison "${name}".`);
  return value;
}
