import type { MarkdownEnv } from "vitepress";

interface Renderer {
  render(source: string, env: MarkdownEnv): string;
}

/** What of a page the search knows: all of it, but of reference pages, which are long, the names and what they are said to be. */
export function searchable(source: string, env: MarkdownEnv, md: Renderer): string {
  if (!env.relativePath.startsWith("api/")) {
    const html = md.render(source, env);
    return env.frontmatter?.["search"] === false ? "" : html;
  }
  const names = [...source.matchAll(/^(#{1,5} .+)\n+(?!#|```|\|)(.*(?:\n(?!\n).*)*)/gm)].map(
    ([, heading, text]) => `${heading}\n\n${text}`,
  );
  return md.render(names.join("\n\n"), env);
}
