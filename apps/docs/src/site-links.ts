import { existsSync, globSync, readFileSync, statSync } from "node:fs";
import { join, posix } from "node:path";

/** What a built site is made of. */
export interface BuiltSite {
  /** Pages by their path from the root of the site: "/guides/backends". */
  readonly pages: ReadonlyMap<string, string>;
  readonly links: number;
  /** Links that lead nowhere: "/page → /target#anchor". */
  readonly dead: readonly string[];
  /** Addresses of other hosts that a page would fetch from. */
  readonly foreign: readonly string[];
}

/** Reads the HTML of a built site and follows every link within it, anchors included. */
export function readSite(folder: string): BuiltSite {
  const files = globSync("**/*.html", { cwd: folder }).map((file) => file.replaceAll("\\", "/"));
  const pages = new Map(
    files
      .filter((file) => !file.startsWith("playground/"))
      .map((file) => [`/${file.replace(/(?:index)?\.html$/, "")}`.replace(/(.)\/$/, "$1"), readFileSync(join(folder, file), "utf8")]),
  );
  const ids = new Map([...pages].map(([path, html]) => [path, new Set([...html.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id!))]));
  const dead: string[] = [];
  const foreign = new Set<string>();
  let links = 0;
  for (const [path, html] of pages) {
    if (path === "/404") continue;
    for (const [, target = ""] of html.matchAll(/<a\s[^>]*?href="([^"]+)"/g)) {
      const href = target.replaceAll("&amp;", "&");
      if (/^[a-z]+:/.test(href)) continue;
      links++;
      const reason = whyDead(folder, path, href, ids);
      if (reason) dead.push(`${path} → ${href}`);
    }
    for (const [, target = ""] of html.matchAll(/<(?:script|img|source|iframe)\s[^>]*?src="([^"]+)"/g))
      if (/^(?:https?:)?\/\//.test(target)) foreign.add(target);
    for (const [, target = ""] of html.matchAll(/<link\s[^>]*?href="([^"]+)"/g)) if (/^(?:https?:)?\/\//.test(target)) foreign.add(target);
  }
  return { pages, links, dead, foreign: [...foreign] };
}

function whyDead(folder: string, path: string, href: string, ids: ReadonlyMap<string, ReadonlySet<string>>): boolean {
  const [target = "", anchor] = href.split("#");
  const full = target === "" ? path : target.startsWith("/") ? target : posix.join(posix.dirname(path), target);
  const page = full.replace(/(?:\/index)?\.html$|(.)\/$/, "$1") || "/";
  const known = ids.get(page);
  // The playground keeps its state behind the sign; it has no anchors.
  if (known === undefined) return !isFile(join(folder, full)) && !isFile(join(folder, full, "index.html"));
  return anchor !== undefined && anchor !== "" && !known.has(decodeURIComponent(anchor));
}

function isFile(path: string): boolean {
  return existsSync(path) && statSync(path).isFile();
}
