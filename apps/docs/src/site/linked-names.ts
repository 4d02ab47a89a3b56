import type { MarkdownRenderer } from "vitepress";

/** A span of code that is just the name of something exported leads to its place in the reference. */
export function linkedNames(md: MarkdownRenderer, names: Readonly<Record<string, string>>): void {
  md.core.ruler.push("linked-names", (state) => {
    if ((state.env as { relativePath?: string }).relativePath?.startsWith("api/") === true) return;
    for (const block of state.tokens) {
      if (block.type !== "inline" || block.children === null) continue;
      let inLink = 0;
      const out: typeof block.children = [];
      for (const token of block.children) {
        if (token.type === "link_open") inLink++;
        if (token.type === "link_close") inLink--;
        const name = /^([A-Za-z]\w+)(?:\(\))?$/.exec(token.content)?.[1];
        const place =
          token.type === "code_inline" && inLink === 0 && name !== undefined && Object.hasOwn(names, name) ? names[name] : undefined;
        if (place === undefined) {
          out.push(token);
          continue;
        }
        const open = new state.Token("link_open", "a", 1);
        open.attrs = [
          ["href", place],
          ["class", "api-name"],
        ];
        out.push(open, token, new state.Token("link_close", "a", -1));
      }
      block.children = out;
    }
  });
}

/** The playground is a page of its own, and none that the site's router knows. A link with a target is one that VitePress leaves alone, base and all. */
export function playgroundLinks(md: MarkdownRenderer, base: string): void {
  md.core.ruler.push("playground-links", ({ tokens }) => {
    for (const token of tokens.flatMap(({ children }) => children ?? [])) {
      const href = token.type === "link_open" ? token.attrGet("href") : null;
      if (href?.startsWith("/playground/") !== true) continue;
      token.attrSet("href", base + href.slice(1));
      token.attrSet("target", "_self");
    }
  });
}
