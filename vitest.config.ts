import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { defineConfig } from "vitest/config";

const folders = (parent: string) => readdirSync(join(import.meta.dirname, parent)).map((name) => ({ name, root: join(parent, name) }));

/** One project per package and example, named like its folder: `vitest run --project mixture`. */
const projects = [
  ...folders("packages"),
  ...folders("examples"),
  { name: "bench", root: "bench" },
  { name: "docs", root: join("apps", "docs") },
  { name: "playground", root: join("apps", "playground") },
]
  .map(({ name, root }) => ({ name, root: join(import.meta.dirname, root) }))
  .filter(({ root }) => existsSync(join(root, "package.json")));

export default defineConfig({
  test: {
    testTimeout: 20_000,
    // By default one processor is left idle, which on small machines is half of them.
    maxWorkers: "100%",
    // Files share a process: the packages keep no state of their own, so there is nothing to set apart.
    isolate: false,
    passWithNoTests: true,
    projects: projects.map(({ name, root }) => ({ extends: true, test: { name, root, include: ["test/**/*.test.ts"] } })),
  },
});
