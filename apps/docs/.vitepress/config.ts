import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { DefaultTheme } from "vitepress";
import { defineConfig } from "vitepress";
import { contentPolicy } from "../src/site/content-policy.ts";
import { linkedNames, playgroundLinks } from "../src/site/linked-names.ts";
import { searchable } from "../src/site/searchable.ts";
import { emptyHeads, runnableBlocks } from "../src/site/runnable-blocks.ts";

const content = join(import.meta.dirname, "..", "content");
const read = (name: string): unknown =>
  existsSync(join(content, name)) ? JSON.parse(readFileSync(join(content, name), "utf8")) : undefined;
const sidebar = (read("sidebar.json") ?? {}) as DefaultTheme.SidebarMulti;
const names = (read("names.json") ?? {}) as Record<string, string>;
/** Where the site lies on its server, with a slash at both ends. */
const base = process.env["MIXTURA_DOCS_BASE"] ?? "/";
/** Memory is shared among threads only on isolated pages. */
const ISOLATION = { "cross-origin-opener-policy": "same-origin", "cross-origin-embedder-policy": "require-corp" };

export default defineConfig({
  title: "Mixtura",
  description: "Gaussian mixtures and anomaly detection for TypeScript",
  lang: "en",
  base,
  srcDir: "content",
  srcExclude: ["public/**"],
  outDir: "dist",
  cacheDir: "node_modules/.vitepress",
  cleanUrls: true,
  metaChunk: true,
  head: [["link", { rel: "icon", type: "image/svg+xml", href: `${base}icon.svg` }]],
  markdown: {
    math: true,
    theme: { light: "github-light-high-contrast", dark: "github-dark-high-contrast" },
    config(md) {
      linkedNames(md, names);
      playgroundLinks(md, base);
      runnableBlocks(md);
      emptyHeads(md);
    },
  },
  themeConfig: {
    logo: "/icon.svg",
    nav: [
      { text: "Start", link: "/start/getting-started" },
      { text: "Guides", link: "/guides/how-many-clusters", activeMatch: "^/guides/" },
      { text: "Reference", link: "/api/all", activeMatch: "^/(reference|api)/" },
      { text: "Gallery", link: "/gallery" },
      { text: "Playground", link: "/playground/", target: "_self" },
    ],
    sidebar,
    outline: [2, 3],
    search: { provider: "local", options: { _render: searchable } },
    docFooter: { prev: "Previous", next: "Next" },
    footer: { message: "MIT licence" },
  },
  ignoreDeadLinks: [/^\/playground\//, /^\/llms/],
  transformHtml: contentPolicy,
  vite: {
    server: { headers: ISOLATION, fs: { allow: [join(import.meta.dirname, "..", "..", "..")] } },
    preview: { headers: ISOLATION },
    worker: { format: "es" },
    build: { assetsInlineLimit: 0, chunkSizeWarningLimit: 2000 },
  },
});
