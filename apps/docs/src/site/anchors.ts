import type { Page } from "./page.ts";

/** The anchor that the site gives a heading, before it is told from others of the same name. */
export function slugOf(heading: string): string {
  return heading
    .normalize("NFKD")
    .replaceAll(/[\u0300-\u036F]/g, "")
    .replaceAll(/[\s~`!@#$%^&*()\-_+=[\]{}|\\;:"'“”‘’<>,.?/]+/g, "-")
    .replaceAll(/^-+|-+$/g, "")
    .replace(/^(\d)/, "_$1")
    .toLowerCase();
}

/** Anchors of a page: those of its headings, and those that its text sets. */
function anchorsOf(markdown: string): ReadonlySet<string> {
  const found = new Set<string>();
  for (const [, heading = ""] of markdown.replaceAll(/^```[\s\S]*?^```$/gm, "").matchAll(/^#{1,6} (.+)$/gm)) {
    const given = /\{#([^}]+)\}$/.exec(heading)?.[1];
    if (given !== undefined) found.add(given);
    const slug = slugOf(heading.replaceAll(/\\(.)/g, "$1").replaceAll("`", ""));
    let unique = slug;
    for (let count = 1; found.has(unique); count++) unique = `${slug}-${count}`;
    found.add(unique);
  }
  for (const [, id = ""] of markdown.matchAll(/<a id="([^"]+)">/g)) found.add(id);
  return found;
}

/** Mends links whose anchor is called otherwise here than where the pages were made: other signs, other numbers. One that is not here leads to the page. */
export function withAnchors(pages: readonly Page[]): Page[] {
  const known = new Map(pages.map(({ path, markdown }) => [`/${path}`, anchorsOf(markdown)]));
  return pages.map((page) => ({
    ...page,
    markdown: page.markdown.replaceAll(
      /\]\((\/api\/[\w-]+(?:\/\w+)?)?#([^()\s]+)\)/g,
      (whole, target: string | undefined, anchor: string) => {
        const anchors = known.get(target ?? `/${page.path}`);
        if (anchors === undefined || anchors.has(anchor)) return whole;
        const found = [slugOf(anchor), slugOf(anchor).replace(/-\d+$/, "")].find((candidate) => anchors.has(candidate));
        return found === undefined ? `](${target ?? `/${page.path}`})` : `](${target ?? ""}#${found})`;
      },
    ),
  }));
}
