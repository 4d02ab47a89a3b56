import type { MarkdownEnv } from "vitepress";

interface Renderer {
  render(source: string, env: MarkdownEnv): string;
}

/** What of a page the search knows: all of it, but of the reference, which is long, names and what they are said to be. */
export function searchable(source: string, env: MarkdownEnv, md: Renderer): string {
  if (env.relativePath.startsWith("api/")) return md.render(namesIn(source), env);
  const html = md.render(source, env);
  return env.frontmatter?.["search"] === false ? "" : html;
}

/** Headings with the paragraph behind each, and the names of options, properties and methods. */
function namesIn(source: string): string {
  return source
    .split(/^(?=#{1,3} )/m)
    .flatMap((part) => {
      const [heading = "", ...rest] = part.trim().split("\n\n");
      if (!heading.startsWith("#")) return [];
      // A method is found by the heading of all of them.
      if (/^### \w+\(\)$/.test(heading)) return [heading.replace(/^### /, "")];
      const text = rest.find((paragraph) => !/^(?:```|\||- |#)/.test(paragraph)) ?? "";
      const rows = [...part.matchAll(/^\| (?:<a id="[^"]+"><\/a> )?`(\w+)\??` \|/gm)].map(([, name]) => name).join(" ");
      return [[heading, text, rows].filter(Boolean).join("\n\n")];
    })
    .join("\n\n");
}
