/** A page of the site. */
export interface Page {
  /** Path from the root of the site without an ending: "guides/probabilities", "index". */
  readonly path: string;
  readonly markdown: string;
  /** Where it came from, from the root of the workspace; generated pages have no file of their own. */
  readonly file?: string;
}

/** The first heading of a page, without marks of code; its path where it has none. */
export function titleOf({ path, markdown }: Page): string {
  return (
    /^# (.+)$/m
      .exec(withoutFences(markdown))?.[1]
      ?.replaceAll("`", "")
      .replace(/^\d{4}\. |^\d+\. /, "") ?? path
  );
}

/** The first sentence behind the heading, for lists. */
export function summaryOf({ markdown }: Page): string {
  const body = withoutFences(markdown)
    .replace(/^---\n[\s\S]*?\n---\n/, "")
    .replace(/^# .+$/m, "");
  const paragraph = body
    .split(/\n\s*\n/)
    .map((part) => part.trim())
    .find((part) => /^[A-Za-z*`[]/.test(part) && !part.startsWith("import "));
  const text = (paragraph ?? "")
    .replaceAll(/\[([^\]]+)\]\([^)]+\)/g, "$1")
    .replaceAll(/[*`]/g, "")
    .replaceAll(/\s+/g, " ");
  return /^.*?[.:](?= |$)/.exec(text)?.[0].replace(/:$/, ".") ?? text;
}

function withoutFences(markdown: string): string {
  return markdown.replaceAll(/^(\s*)(`{3,})[^\n]*\n[\s\S]*?\n\1\2\s*$/gm, "");
}
