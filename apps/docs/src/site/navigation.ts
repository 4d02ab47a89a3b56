import type { Page } from "./page.ts";
import { titleOf } from "./page.ts";

interface Item {
  readonly text: string;
  readonly link?: string;
  readonly items?: readonly Item[];
  readonly collapsed?: boolean;
}

/** Sections of the site, in order: pages that are named come first and as named, others follow as they are found. */
const SECTIONS: readonly {
  readonly text: string;
  readonly folder: string;
  readonly first: readonly string[];
  readonly collapsed?: boolean;
}[] = [
  { text: "Start", folder: "start", first: ["start/getting-started", "start/runtimes"] },
  {
    text: "Guides",
    folder: "guides",
    first: [
      "guides/clustering",
      "guides/densities",
      "guides/how-many-clusters",
      "guides/anomalies",
      "guides/novelty",
      "guides/cleaning",
      "guides/bayesian-mixtures",
      "guides/probabilities",
      "guides/choosing-a-backend",
      "guides/serving",
      "guides/score-events",
    ],
  },
  { text: "Coming from", folder: "migrating", first: ["migrating/scikit-learn", "migrating/mclust", "migrating/ml-js"] },
  {
    text: "Concepts",
    folder: "concepts",
    first: [
      "concepts/expectation-maximisation",
      "concepts/covariance-types",
      "concepts/model-selection",
      "concepts/variational-inference",
      "concepts/robust-covariance",
    ],
  },
  { text: "Reference", folder: "reference", first: ["reference/capabilities", "reference/options", "reference/errors"] },
  { text: "API", folder: "api", first: [], collapsed: true },
  { text: "Packages", folder: "packages", first: [], collapsed: true },
  { text: "Decisions", folder: "decisions", first: [], collapsed: true },
];

const LATER = new Set(["guides/new-estimator", "guides/new-backend"]);

/** The list of all pages beside each page. */
export function sidebarOf(pages: readonly Page[]): Item[] {
  const known = new Map(pages.map((page) => [page.path, page]));
  const item = (page: Page): Item => ({ text: titleOf(page), link: `/${page.path}` });
  const sections = SECTIONS.map(({ text, folder, first, collapsed }) => {
    const found = pages
      .filter(({ path }) => path.startsWith(`${folder}/`) && !first.includes(path) && !LATER.has(path))
      .toSorted((a, b) => a.path.localeCompare(b.path));
    const items = [...first.flatMap((path) => known.get(path) ?? []), ...found].map(item);
    return { text, items, ...(collapsed === true ? { collapsed: true } : {}) };
  });
  const evidence = ["gallery", "accuracy", "benchmarks"].flatMap((path) => known.get(path) ?? []).map(item);
  const contributing = ["contributing", ...LATER].flatMap((path) => known.get(path) ?? []).map(item);
  return [
    ...sections.slice(0, 5),
    { text: "Evidence", items: evidence },
    { text: "Contributing", items: contributing },
    ...sections.slice(5),
  ].filter(({ items }) => items.length > 0);
}
