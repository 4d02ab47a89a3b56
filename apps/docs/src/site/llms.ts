import type { Page } from "./page.ts";
import { summaryOf, titleOf } from "./page.ts";

/** The site for programs that read: a list of pages with a sentence each, and all written pages in one text. */
export function llmsTexts(pages: readonly Page[], base: string): { readonly "llms.txt": string; readonly "llms-full.txt": string } {
  const listed = pages.filter(({ path }) => path !== "index" && !path.startsWith("decisions/"));
  const line = (page: Page): string => `- [${titleOf(page)}](${base}${page.path}.md): ${summaryOf(page)}`;
  const group = (title: string, test: (path: string) => boolean): string[] => {
    const found = listed.filter(({ path }) => test(path));
    return found.length === 0 ? [] : [`## ${title}`, found.map(line).join("\n")];
  };
  const written = (path: string): boolean => /^(?:start|guides|concepts|migrating)\//.test(path);
  return {
    "llms.txt": [
      "# Mixtura",
      "> Gaussian mixtures and anomaly detection for TypeScript: density estimation, clustering, the number of clusters, outliers. ES modules, Node 20.19 and newer, browsers, Deno, Bun; no dependencies outside npm.",
      ...group("Start", (path) => path.startsWith("start/")),
      ...group("Guides", (path) => path.startsWith("guides/")),
      ...group("Migrating", (path) => path.startsWith("migrating/")),
      ...group("Concepts", (path) => path.startsWith("concepts/")),
      ...group("Reference", (path) => path.startsWith("reference/")),
      // Each of these lists its names with a sentence and a link.
      ...group("API reference", (path) => /^api\/[^/]+$/.test(path)),
      ...group("Optional", (path) => path.startsWith("packages/") || ["benchmarks", "accuracy", "gallery"].includes(path)),
      "",
    ].join("\n\n"),
    "llms-full.txt": listed
      .filter(({ path }) => written(path) || path.startsWith("reference/"))
      .map(({ path, markdown }) => `<!-- ${base}${path} -->\n\n${markdown.trim()}\n`)
      .join("\n\n"),
  };
}
