import type { Exports } from "../imports.ts";
import { importsFor } from "../imports.ts";

/**
 * A page of the reference with the imports of its examples written above them, which docstrings leave out.
 *
 * @param exports of all entries, those for our own packages included
 * @throws Error where an example uses what only our own packages can import
 */
export function withExampleImports(markdown: string, exports: Exports, own: string | undefined): string {
  return markdown.replaceAll(/^([ \t]*)```ts run\n([\s\S]*?)^\1```$/gm, (whole, margin: string, body: string) => {
    const imports = importsFor(body, exports, own);
    if (imports.length === 0) return whole;
    const hidden = imports.find((line) => /\/internal["/]/.test(line));
    if (hidden !== undefined) throw new Error(`An example of ${own ?? "the reference"} needs what users cannot import: ${hidden}\n${body}`);
    // One list of imports where the example starts with its own.
    const between = /^\s*import /.test(body) ? [] : [""];
    return `${margin}\`\`\`ts run\n${[...imports, ...between].map((line) => `${margin}${line}`.trimEnd()).join("\n")}\n${body}${margin}\`\`\``;
  });
}

/** The package that a page of the reference is about: the longest whose folder the path starts with. */
export function packageOfPage(path: string, folders: readonly string[]): string | undefined {
  const [, rest = ""] = /^api\/(.*)$/.exec(path) ?? [];
  const found = folders.filter((folder) => rest === folder || rest.startsWith(`${folder}-`) || rest.startsWith(`${folder}/`));
  const folder = found.toSorted((a, b) => b.length - a.length)[0];
  return folder === undefined || folder === "mixtura" ? folder : `@mixtura/${folder}`;
}
