import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "./page.ts";

/** Pages that people wrote: docs/, and the README of every package that has something to say. */
export function writtenPages(root: string): Page[] {
  const read = (file: string): string => readFileSync(join(root, file), "utf8");
  const docs = globSync("docs/**/*.md", { cwd: root }).map((file) => file.replaceAll("\\", "/"));
  const packages = globSync("packages/*/README.md", { cwd: root }).map((file) => file.replaceAll("\\", "/"));
  return [
    ...docs.map((file) => ({ file, path: file.replace(/^docs\//, "").replace(/\.md$/, ""), markdown: read(file) })),
    ...packages.map((file) => ({ file, path: file.replace(/\/README\.md$/, ""), markdown: read(file) })),
    { file: "CONTRIBUTING.md", path: "contributing", markdown: read("CONTRIBUTING.md") },
  ].toSorted((a, b) => a.path.localeCompare(b.path));
}
