import type { MarkdownRenderer } from "vitepress";
import { ELSEWHERE } from "./cell-scope.ts";

/** Blocks marked `ts run` get a button that runs them in the page; the text of the block is handed on as it is. */
export function runnableBlocks(md: MarkdownRenderer): void {
  const fence = md.renderer.rules.fence!;
  md.renderer.rules.fence = (tokens, index, options, env, self) => {
    const token = tokens[index]!;
    const marks = token.info.trim().split(/\s+/);
    const imported = [...token.content.matchAll(/\bfrom "([^"]+)"/g)].map(([, entry]) => entry!);
    // Files are out of reach of a page.
    const runs = marks[0] === "ts" && marks.includes("run") && !imported.some((entry) => ELSEWHERE.test(entry));
    // A file that is shown is named above the block.
    const file = marks.map((mark) => /^file=(\S+)$/.exec(mark)?.[1]).find((name) => name !== undefined);
    token.info = marks[0] ?? "";
    const html = fence(tokens, index, options, env, self);
    if (runs) return `<LiveCell code="${encodeURIComponent(token.content)}">${html}</LiveCell>\n`;
    return file === undefined ? html : `<p class="file-name"><code>${md.utils.escapeHtml(file)}</code></p>\n${html}`;
  };
}

/** A cell of a table's head that is empty is no heading of anything. */
export function emptyHeads(md: MarkdownRenderer): void {
  md.core.ruler.push("empty-heads", ({ tokens }) => {
    tokens.forEach((token, index) => {
      if (token.type !== "th_open" || tokens[index + 1]?.content !== "") return;
      token.tag = "td";
      tokens[index + 2]!.tag = "td";
    });
  });
}
