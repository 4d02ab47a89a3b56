import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { defineConfig } from "vitest/config";

const folders = (parent: string) => readdirSync(join(import.meta.dirname, parent)).map((name) => ({ name, root: join(parent, name) }));

/** Tests that need a clock on the wall and a machine with nothing else to do. */
const TIMING = "test/timing/**/*.test.ts";

/** One project per package and example, named like its folder: `vitest run --project mixture`. */
const projects = [
  ...folders("packages"),
  ...folders("examples"),
  { name: "bench", root: "bench" },
  { name: "fuzz", root: join("test", "fuzz") },
  { name: "referee", root: join("test", "referee") },
  { name: "docs", root: join("apps", "docs") },
  { name: "playground", root: join("apps", "playground") },
]
  .map(({ name, root }) => ({ name, root: join(import.meta.dirname, root) }))
  .filter(({ root }) => existsSync(join(root, "package.json")));

// Tests see their own package's sources and the others as they were built.
const unbuilt = folders("packages").find(({ root }) => existsSync(join(root, "tsconfig.json")) && !existsSync(join(root, "dist")));
if (unbuilt !== undefined) throw new Error(`packages/${unbuilt.name} is not built: run \`pnpm build\` first, or \`npm test\`.`);

export default defineConfig({
  test: {
    // Against tests that hang, and nothing else: how fast something is, no time-out says on a machine that has other work.
    testTimeout: 1_200_000,
    hookTimeout: 1_200_000,
    // By default one processor is left idle, which on small machines is half of them.
    maxWorkers: "100%",
    // Files share a process: the packages keep no state of their own, so there is nothing to set apart.
    isolate: false,
    passWithNoTests: true,
    projects: [
      ...projects.map(({ name, root }) => ({
        extends: true as const,
        test: { name, root, include: ["test/**/*.test.ts"], exclude: [TIMING] },
      })),
      // Alone, and after all others.
      {
        extends: true as const,
        test: { name: "timing", include: projects.map(({ root }) => join(root, TIMING)), maxWorkers: 1, sequence: { groupOrder: 1 } },
      },
    ],
  },
});
