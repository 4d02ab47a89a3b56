import type { Page } from "./page.ts";
import { titleOf } from "./page.ts";

interface Item {
  readonly text: string;
  readonly link?: string;
  readonly items?: readonly Item[];
}

/** Sections of the site, in order: pages that are named come first and as named, others follow as they are found. */
const SECTIONS: readonly { readonly text: string; readonly folder: string; readonly first: readonly string[] }[] = [
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
  { text: "Reference", folder: "reference", first: ["reference/capabilities", "reference/options", "reference/errors", "api/all"] },
];

const LATER = ["guides/new-estimator", "guides/new-backend"];

/** The lists of pages next to each page: one for most, and one of their own for the reference of all packages, their READMEs and decisions. */
export function sidebarsOf(pages: readonly Page[]): Readonly<Record<string, readonly Item[]>> {
  const known = new Map(pages.map((page) => [page.path, page]));
  const item = (page: Page): Item => ({ text: titleOf(page), link: `/${page.path}` });
  const some = (...paths: readonly string[]): Item[] => paths.flatMap((path) => known.get(path) ?? []).map(item);
  const folder = (name: string, without: readonly string[] = []): Item[] =>
    pages
      .filter(({ path }) => path.startsWith(`${name}/`) && !without.includes(path))
      .toSorted((a, b) => a.path.localeCompare(b.path))
      .map(item);
  const sections = SECTIONS.map(({ text, folder: name, first }) => ({
    text,
    items: [...some(...first), ...folder(name, [...first, ...LATER])],
  }));
  const readmes = folder("packages");
  const decisions = folder("decisions");
  return {
    "/api/": [
      { text: "Reference", items: sections.at(-1)!.items },
      { text: "API", items: folder("api", ["api/all"]) },
    ],
    "/packages/": [{ text: "Packages", items: readmes }],
    "/decisions/": [{ text: "Decisions", items: decisions }],
    "/": [
      ...sections,
      { text: "Evidence", items: some("gallery", "accuracy", "benchmarks") },
      {
        text: "Contributing",
        items: [
          ...some("contributing", ...LATER),
          ...(readmes.length === 0 ? [] : [{ text: "Packages, one by one", link: readmes[0]!.link! }]),
          ...(decisions.length === 0 ? [] : [{ text: "Decisions", link: decisions[0]!.link! }]),
        ],
      },
    ],
  };
}
