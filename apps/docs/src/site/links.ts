import { posix } from "node:path";

/** Where files of the workspace stand on the site: path from its root → path of the page, with a leading slash. */
export type Places = ReadonlyMap<string, string>;

/**
 * Turns links between files into links between pages. A link to a file that has no page becomes its text and its path; links of the web and
 * within the page stay.
 *
 * @param file where the text stands, from the root of the workspace
 * @param address of the repository: READMEs of packages link to its files by it, since a registry shows them elsewhere
 */
export function withPageLinks(markdown: string, file: string, places: Places, address: string): string {
  return outsideCode(markdown, (text) =>
    text.replaceAll(/(!?)\[((?:[^[\]]|\[[^\]]*\])*)\]\(([^()\s]+)\)/g, (whole, image: string, words: string, link: string) => {
      const own = link.startsWith(`${address}/`) ? link.slice(address.length).match(/^\/(?:blob|tree)\/main\/(.*)$/)?.[1] : undefined;
      const target = own === undefined ? link : posix.relative(posix.dirname(file), own);
      if (image === "!" || /^(?:[a-z]+:|#|\/)/.test(target)) return whole;
      const [path = "", anchor] = target.split("#");
      const full = posix.normalize(posix.join(posix.dirname(file), path)).replace(/\/$/, "");
      const place = places.get(full);
      if (place !== undefined) return `[${words}](${place}${anchor === undefined ? "" : `#${anchor}`})`;
      return words.replaceAll("`", "") === full || words.startsWith("`") ? words : `${words} (\`${full}\`)`;
    }),
  );
}

/** Works on what is neither in a fence nor in a span of code. */
function outsideCode(markdown: string, work: (text: string) => string): string {
  return markdown
    .split(/(^[ \t]*(`{3,})[^\n]*\n[\s\S]*?\n[ \t]*\2[ \t]*$)/m)
    .filter((_, index) => index % 3 !== 2)
    .map((part, index) => (index % 2 === 1 ? part : work(part)))
    .join("");
}
