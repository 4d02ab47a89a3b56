import { existsSync, globSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { slugOf, withAnchors } from "./anchors.ts";
import type { Page } from "./page.ts";

/** A name that packages export, and where it is described. */
export interface ApiName {
  readonly name: string;
  /** "/api/mixture#gaussianmixture" */
  readonly place: string;
}

/**
 * The reference pages that typedoc wrote, one per entry of a package, with links from page to page.
 *
 * @throws Error when typedoc has not run
 */
export function apiPages(folder: string): Page[] {
  const files = existsSync(folder) ? globSync("packages/**/*.md", { cwd: folder }).map((file) => file.replaceAll("\\", "/")) : [];
  if (files.length === 0) throw new Error(`${folder} is empty: run typedoc first.`);
  const paths = new Map(files.map((file) => [file, `api/${pathOf(file)}`]));
  const pages = files.toSorted().map((file) => {
    const text = readFileSync(join(folder, file), "utf8").replaceAll(
      /\]\(([^()\s#]+\.md)(#[^()\s]*)?\)/g,
      (whole, target: string, anchor = "") => {
        const full = posix.normalize(posix.join(posix.dirname(file), target));
        const path = paths.get(full);
        return path === undefined ? whole : `](/${path}${anchor as string})`;
      },
    );
    // A union is written with a bar before its first part, too.
    // The class that a call made has no name to be inherited from.
    const plain = text.replaceAll("| \\| [", "| [").replaceAll(/^#{4,6} Inherited from\n\n`\w+<.*\n\n/gm, "");
    const name = entryOf(file);
    const markdown = `---\noutline: [2, 3]\npageClass: api-page\n---\n\n# ${name}\n\n\`\`\`sh\nnpm install ${name
      .split("/")
      .slice(0, name.startsWith("@") ? 2 : 1)
      .join("/")}\n\`\`\`\n\n${plain}`;
    return { path: paths.get(file)!, markdown };
  });
  return withAnchors(pages);
}

/** "packages/mixture/src/density.md" as folder and entry. A number at the end only tells it from a name. */
function partsOf(file: string): { readonly folder: string; readonly entry: string | undefined } {
  const [, folder = "", entry] = /^packages\/([^/]+)\/src(?:\/(.+?))?(?:-\d+)?\.md$/.exec(file) ?? [];
  return { folder, entry };
}

/** "mixture-density" */
function pathOf(file: string): string {
  const { folder, entry } = partsOf(file);
  return entry === undefined ? folder : `${folder}-${entry.replaceAll("/", "-")}`;
}

/** "@mixtura/mixture/density" */
function entryOf(file: string): string {
  const { folder, entry } = partsOf(file);
  return `${folder === "mixtura" ? folder : `@mixtura/${folder}`}${entry === undefined ? "" : `/${entry}`}`;
}

/** Every name that has a heading of its own, the first place of each. */
export function apiNames(pages: readonly Page[]): ApiName[] {
  const names = new Map<string, string>();
  const wanted = pages.toSorted((a, b) => Number(a.path.endsWith("/mixtura")) - Number(b.path.endsWith("/mixtura")));
  for (const { path, markdown } of wanted) {
    for (const [, name = ""] of markdown.replaceAll("\\_", "_").matchAll(/^### ([A-Za-z]\w*)(?:\(\))?(?:\\?<.*)?\s*$/gm)) {
      const slug = slugOf(name);
      if (!names.has(name)) names.set(name, `/${path}#${slug}`);
    }
  }
  return [...names].map(([name, place]) => ({ name, place }));
}

/** The list of all entries, with the names that each has. */
export function apiIndex(pages: readonly Page[]): Page {
  const sections = pages.map(({ path, markdown }) => {
    const entry = /^# (.+)$/m.exec(markdown)![1]!;
    const names = [...new Set([...markdown.replaceAll("\\_", "_").matchAll(/^### ([A-Za-z]\w*)/gm)].map(([, name]) => name!))];
    return `## [${entry}](/${path})\n\n${names.map((name) => `[\`${name}\`](/${path}#${slugOf(name)})`).join(" · ")}`;
  });
  return {
    path: "api/all",
    markdown: ["# All that is exported", "One page per entry of a package, made from the sources.", ...sections, ""].join("\n\n"),
  };
}
