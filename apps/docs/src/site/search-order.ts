/** How much a page counts in the search, by the folder it lies in: what people read first comes before what they look up. */
const WEIGHTS: readonly (readonly [folder: RegExp, weight: number])[] = [
  [/^(?:start|guides)\//, 4],
  [/^(?:concepts|migrating)\//, 2],
  [/^(?:reference\/|packages\/|gallery)/, 1],
  [/^api\/(?:testing|[\w-]+-authoring|backend-trial)(?:\/|$)/, 0.05],
  [/^api\/[\w-]+(?:\/types)?(?:#|$)/, 0.2],
  [/^api\//, 0.5],
];

/** What orders the results of a query: its words, and a factor for each part of a page that holds one. */
export interface SearchOrder {
  readonly tokenize: (query: string) => string[];
  readonly processTerm: (word: string) => string[];
  readonly boostDocument: (address: string, term: string, stored?: Readonly<Record<string, unknown>>) => number;
}

/** @param base where the site lies on its server, with a slash at both ends */
export function searchOrder(base: string): SearchOrder {
  let asked: readonly string[] = [];
  return {
    tokenize(query) {
      asked = query.toLowerCase().split(/[\n\r\p{Z}\p{P}]+/u);
      return [...asked];
    },
    processTerm: searchedWords,
    boostDocument: (address, _term, stored) =>
      searchWeight(address.slice(base.length), asked, typeof stored?.["title"] === "string" ? stored["title"] : ""),
  };
}

/**
 * The factor of a part of a page in the search.
 *
 * @param id its address from the root of the site: "guides/anomalies#thresholds"
 * @param asked the words of the query
 * @param title its heading
 */
export function searchWeight(id: string, asked: readonly string[], title: string): number {
  // A word that only code has means the page of what is called so.
  const name = /^api\/[\w-]+\/(\w+)#/.exec(id)?.[1] ?? "";
  if (title === name && /[a-z][A-Z]|^[A-Z]{2,}$/.test(name) && asked.includes(name.toLowerCase())) return 40;
  return WEIGHTS.find(([folder]) => folder.test(id))?.[1] ?? 0.5;
}

/** A word that is looked for, in the singular and in the plural: "anomaly" is found in "Anomalies". */
export function searchedWords(word: string): string[] {
  const small = word.toLowerCase();
  if (small.length < 4) return [small];
  if (small.endsWith("ies")) return [small, `${small.slice(0, -3)}y`];
  if (small.endsWith("s")) return [small, small.slice(0, -1)];
  return /[^aeiou]y$/.test(small) ? [small, `${small.slice(0, -1)}ies`] : [small];
}
