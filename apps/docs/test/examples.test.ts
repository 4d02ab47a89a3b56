import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { collectBlocks } from "../src/blocks.ts";
import { loadPackages, packageOf, publicOnly, withPreferred } from "../src/packages.ts";
import { runExample } from "../src/run-example.ts";

const root = join(import.meta.dirname, "..", "..", "..");
const packages = await loadPackages(root);
const blocks = collectBlocks(root).map((block) => ({ ...block, place: `${block.file}:${block.line}` }));

describe("examples of the documentation give the answers they state", () => {
  it.each(blocks)("$place", async ({ file, code }) => {
    // A docstring may show what only our packages share; a page for users may not.
    const known = file.endsWith(".md") ? publicOnly(packages) : packages;
    await runExample(code, withPreferred(known, packageOf(root, file)));
  });

  it("are found in docstrings and in Markdown", () => {
    const kinds = new Set(blocks.map(({ file }) => file.split(".").at(-1)));
    expect(kinds).toEqual(new Set(["md", "ts"]));
  });
});
