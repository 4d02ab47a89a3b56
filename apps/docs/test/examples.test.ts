import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { collectBlocks } from "../src/blocks.ts";
import { exportsOfPackages, importsFor } from "../src/imports.ts";
import { loadPackages, packageOf, publicOnly } from "../src/packages.ts";
import { runExample } from "../src/run-example.ts";

const root = join(import.meta.dirname, "..", "..", "..");
const packages = await loadPackages(root);
const exports = exportsOfPackages(packages);
const blocks = collectBlocks(root).map((block) => ({ ...block, place: `${block.file}:${block.line}` }));

describe("examples of the documentation give the answers they state", () => {
  it.each(blocks)("$place", async ({ file, code }) => {
    // A docstring gets its imports on its page, and may show what only our packages share; a page for users has its own, and may not.
    if (file.endsWith(".md")) return void (await runExample(code, publicOnly(packages)));
    await runExample([...importsFor(code, exports, packageOf(root, file)), code].join(" "), packages);
  });

  it("are found in docstrings and in Markdown", () => {
    const kinds = new Set(blocks.map(({ file }) => file.split(".").at(-1)));
    expect(kinds).toEqual(new Set(["md", "ts"]));
  });
});
