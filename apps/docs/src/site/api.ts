import { existsSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { withAnchors } from "./anchors.ts";
import type { Declared } from "./declarations.ts";
import type { ErrorCode } from "./errors.ts";
import type { Entry, Exported, Kind } from "./exported.ts";
import { readExported } from "./exported.ts";
import type { Page } from "./page.ts";
import type { Place } from "./places.ts";
import { placesOf } from "./places.ts";
import type { Sources } from "./thing-page.ts";
import { apiPage, thingPage, typeSection } from "./thing-page.ts";
import { bodyOf } from "./typedoc-text.ts";

/** The reference by thing: a page per class, function and contract, one of small types, and an index per entry of a package. */
export interface Reference {
  readonly pages: readonly Page[];
  /** Where each exported name leads: "/api/mixture/GaussianMixture". */
  readonly names: ReadonlyMap<string, string>;
  readonly entries: readonly ListedEntry[];
}

/** An entry of a package, and what it exports in groups. */
export interface ListedEntry {
  /** "@mixtura/mixture/density" */
  readonly name: string;
  /** "api/mixture-density" */
  readonly path: string;
  readonly groups: readonly Group[];
}

interface Group {
  readonly title: string;
  readonly names: readonly Listed[];
}

interface Listed {
  readonly name: string;
  /** "/api/mixture/GaussianMixture" */
  readonly place: string;
  readonly sentence: string;
  /** Whether it is at home in this entry. */
  readonly own: boolean;
}

const GROUPS: readonly (readonly [title: string, kind: Kind])[] = [
  ["Estimators", "estimator"],
  ["Models", "model"],
  ["Classes", "class"],
  ["Functions", "function"],
  ["Contracts", "contract"],
  ["Values", "value"],
  ["Types", "type"],
];

/** What most people look for comes first. */
const FIRST = [
  "mixture",
  "model-selection",
  "outliers",
  "covariance",
  "ecod",
  "kernel-density",
  "metrics",
  "io",
  "plot",
  "report",
  "mixtura",
];

function rankOf(path: string): number {
  if (isForAuthors(path)) return FIRST.length + 1;
  const rank = FIRST.findIndex(
    (folder) => path === `api/${folder}` || (path.startsWith(`api/${folder}-`) && !FIRST.includes(path.slice(4))),
  );
  return rank === -1 ? FIRST.length : rank;
}

/** Entries for those who write estimators and backends or test them: the last of every list. */
export function isForAuthors(path: string): boolean {
  return /^\/?api\/(?:testing|[\w-]+-authoring|backend-trial|backend-wasm-default)(?:\/|$)/.test(path);
}

/**
 * @param folder where typedoc wrote
 * @param packages a sentence about each package, by its name
 * @throws Error when typedoc has not run
 */
export function apiReference(
  folder: string,
  declared: readonly Declared[],
  codes: readonly ErrorCode[],
  packages: ReadonlyMap<string, string>,
): Reference {
  if (!existsSync(join(folder, "api.json"))) throw new Error(`${folder} is empty: run typedoc first.`);
  const { exported, entries } = readExported(folder);
  const places = placesOf(exported);
  const sources: Sources = {
    exported,
    places,
    body: bodies(join(folder, "pages"), exported, places),
    declared: new Map(declared.map(({ subject, options }) => [`${subject}options`.toLowerCase(), options])),
    codes,
  };
  const things = [...exported.keys()].filter((id) => places.get(id)!.slug === undefined).map((id) => thingPage(id, sources));
  const types = entries.flatMap((entry) => typesPage(entry, sources));
  const listed = entries
    .map((entry) => listedEntry(entry, exported, places))
    .toSorted((a, b) => rankOf(a.path) - rankOf(b.path) || a.name.localeCompare(b.name));
  const indexes = listed.map((entry) => indexPage(entry, packages));
  // A name that several entries have leads to the one that most people mean.
  const names = new Map(
    listed
      .toReversed()
      .flatMap(({ groups }) =>
        groups.flatMap((group) => group.names.filter(({ own }) => own).map(({ name, place }) => [name, place] as const)),
      ),
  );
  return { pages: withAnchors([allPage(listed, packages), ...indexes, ...things, ...types]), names, entries: listed };
}

/** What typedoc wrote about an export, with its links led to where things stand here. */
function bodies(folder: string, exported: ReadonlyMap<number, Exported>, places: ReadonlyMap<number, Place>): (id: number) => string {
  const byFile = new Map([...exported].map(([id, { file }]) => [file, id]));
  return (id) => {
    const { file } = exported.get(id)!;
    return bodyOf(readFileSync(join(folder, file), "utf8"), (target, anchor) => {
      const other = byFile.get(posix.normalize(posix.join(posix.dirname(file), target)));
      if (other === undefined) return undefined;
      const place = places.get(other)!;
      return place.slug === undefined ? `/${place.page}${anchor}` : placeOf(place);
    });
  };
}

function placeOf({ page, slug }: Place): string {
  return `/${page}${slug === undefined ? "" : `#${slug}`}`;
}

/** What several pages of an entry use. */
function typesPage({ name, path, exports }: Entry, sources: Sources): Page[] {
  const page = `api/${path}/types`;
  const ids = exports
    .filter((id) => sources.places.get(id)!.page === page)
    .toSorted((a, b) => compare(sources.exported.get(a)!.name, sources.exported.get(b)!.name));
  return ids.length === 0
    ? []
    : [
        apiPage(page, [
          `# Types of ${name}`,
          "Small types and values that several functions and classes use.",
          ...ids.map((id) => typeSection(id, sources, 2)),
        ]),
      ];
}

function listedEntry(
  { name, path, exports, others }: Entry,
  exported: ReadonlyMap<number, Exported>,
  places: ReadonlyMap<number, Place>,
): ListedEntry {
  const list = (ids: readonly number[], own: boolean): (Listed & { readonly kind: Kind })[] =>
    ids.map((id) => {
      const { name: called, kind, sentence } = exported.get(id)!;
      return { name: called, kind, sentence, place: placeOf(places.get(id)!), own };
    });
  const all = [...list(exports, true), ...list(others, false)].toSorted((a, b) => compare(a.name, b.name));
  return {
    name,
    path: `api/${path}`,
    groups: GROUPS.map(([title, kind]) => ({ title, names: all.filter((listed) => listed.kind === kind) })).filter(
      ({ names }) => names.length > 0,
    ),
  };
}

/** Names and a sentence each. Anchors of the former pages, which had all names of an entry, lead to their lines. */
function indexPage({ name, path, groups }: ListedEntry, packages: ReadonlyMap<string, string>): Page {
  const install = name
    .split("/")
    .slice(0, name.startsWith("@") ? 2 : 1)
    .join("/");
  const line = (listed: Listed): string =>
    `- <a id="${listed.name.toLowerCase()}"></a>[\`${listed.name}\`](${listed.place})${listed.sentence === "" ? "" : `: ${listed.sentence}`}`;
  return apiPage(
    path,
    [
      `# ${name}`,
      `${packages.get(install) ?? ""}.`,
      `\`\`\`sh\nnpm install ${install}\n\`\`\``,
      ...groups.flatMap(({ title, names }) => [`## ${title}`, names.map(line).join("\n")]),
    ],
    "api-page api-index",
  );
}

/** All entries, with the names that each has. */
function allPage(entries: readonly ListedEntry[], packages: ReadonlyMap<string, string>): Page {
  const section = ({ name, path, groups }: ListedEntry): string[] => {
    const own = groups
      .flatMap((group) => group.names)
      .filter((listed) => listed.own && !["Types", "Values"].includes(groups.find((group) => group.names.includes(listed))!.title));
    const about = packages.get(name);
    return [
      `### [${name}](/${path})`,
      ...(about === undefined ? [] : [`${about}.`]),
      own.map((listed) => `[\`${listed.name}\`](${listed.place})`).join(" · "),
    ];
  };
  const [main, others] = [entries.filter(({ path }) => !isForAuthors(path)), entries.filter(({ path }) => isForAuthors(path))];
  return {
    path: "api/all",
    markdown: [
      "---\noutline: [2, 3]\n---\n\n# API reference",
      "Every class and function has a page with its options, defaults, errors and an example; small types stand where they are used. All of it is made from the sources.",
      "## Packages",
      ...main.flatMap(section),
      "## For authors of estimators and backends",
      ...others.flatMap(section),
      "",
    ].join("\n\n"),
  };
}

function compare(a: string, b: string): number {
  return a.localeCompare(b, "en", { sensitivity: "base" }) || (a < b ? -1 : 1);
}
