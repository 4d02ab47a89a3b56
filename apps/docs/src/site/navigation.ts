import type { ListedEntry } from "./api.ts";
import { isForAuthors } from "./api.ts";
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
  { text: "Reference", folder: "reference", first: ["api/all", "reference/options", "reference/capabilities", "reference/errors"] },
];

const LATER = ["guides/new-estimator", "guides/new-backend"];

/** The lists of pages next to each page: one for most, one per entry of the reference, and one of their own for READMEs and decisions. */
export function sidebarsOf(pages: readonly Page[], entries: readonly ListedEntry[]): Readonly<Record<string, readonly Item[]>> {
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
    ...apiSidebars(entries, sections.at(-1)!),
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

/** Next to each page of the reference: what its entry exports, in groups, and the way to the others. */
function apiSidebars(entries: readonly ListedEntry[], reference: Item): Readonly<Record<string, readonly Item[]>> {
  const link = ({ name, path }: ListedEntry): Item => ({ text: name, link: `/${path}` });
  const others = (test: (entry: ListedEntry) => boolean): Item[] => entries.filter(test).map(link);
  const lists = (entry?: ListedEntry): Item[] => [
    { text: "API reference", link: "/api/all" },
    ...(entry === undefined ? [] : [{ text: entry.name, link: `/${entry.path}`, items: entry.groups.flatMap(groupItem) }]),
    { text: "Packages", items: others(({ path }) => !isForAuthors(path)) },
    { text: "For authors", items: others(({ path }) => isForAuthors(path)) },
    reference,
  ];
  // The first that an address begins with is taken: "/api/mixture-density" before "/api/mixture".
  const longest = entries.toSorted((a, b) => b.path.length - a.path.length);
  return Object.fromEntries([
    ...longest.flatMap((entry) => [`/${entry.path}/`, `/${entry.path}`].map((key) => [key, lists(entry)])),
    ["/api/", lists()],
  ]) as Readonly<Record<string, readonly Item[]>>;
}

/** What has a page of its own, and the page of small types. */
function groupItem({ title, names }: ListedEntry["groups"][number]): Item[] {
  const items = names
    .filter(({ own, place }) => own && !place.includes("#"))
    .map(({ name, place }) => ({
      // A long name breaks between its words.
      text: name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, "<wbr>"),
      link: place,
    }));
  const small = names.find(({ own, place }) => own && place.includes("/types#"))?.place.split("#")[0];
  const all = [...items, ...(title !== "Types" || small === undefined ? [] : [{ text: "Small types", link: small }])];
  return all.length === 0 ? [] : [{ text: title, items: all }];
}
