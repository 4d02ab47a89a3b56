import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { collectGuideBlocks, guideBlocksOf, whyStale } from "../src/guide-code.ts";

const root = join(import.meta.dirname, "..", "..", "..");
const memory = "examples/toy-backend/src/memory.ts";

const block = (file: string, code: string) => ({ guide: "guide.md", line: 1, file, code });

describe("guides show code as it stands in the examples", () => {
  it.each(collectGuideBlocks(root).map((shown) => ({ ...shown, place: `${shown.guide}:${shown.line}` })))("$place: $file", (shown) => {
    expect(whyStale(shown, root)).toBeUndefined();
  });
});

describe("a block of a guide", () => {
  it("is found by the file in its info string, indented or not, and no other block is", () => {
    const text = ["```ts file=examples/a/b.ts", "x", "```", "- y", "  ```ts file=examples/c.ts", "  z", "  ```", "```ts", "w", "```"].join(
      "\n",
    );

    expect(guideBlocksOf("guide.md", text).map(({ line, file, code }) => [line, file, code])).toEqual([
      [1, "examples/a/b.ts", "x"],
      [5, "examples/c.ts", "  z"],
    ]);
  });

  it("must be closed", () => {
    expect(() => guideBlocksOf("guide.md", "text\n```ts file=examples/a/b.ts\nx")).toThrow("guide.md:2: the block is never closed.");
  });

  it("may be indented otherwise than its file", () => {
    const code = "read(handle) {\n  const slab = slabs.get(handle.id);";

    expect(whyStale(block(memory, code), root)).toBeUndefined();
    expect(whyStale(block(memory, code.replaceAll(/^/gm, "        ")), root)).toBeUndefined();
  });

  it.each([
    ["a changed line", memory, "const slab = slabs.find(handle.id);", "these lines do not stand in"],
    ["a line left out", memory, "read(handle) {\n  return slab;", "these lines do not stand in"],
    ["part of a line", memory, "slabs.get(handle.id)", "these lines do not stand in"],
    [
      "a line indented otherwise than its neighbours",
      memory,
      "read(handle) {\nconst slab = slabs.get(handle.id);",
      "these lines do not stand",
    ],
    ["nothing", memory, "", "the block is empty"],
    ["a file that is not there", "examples/toy-backend/src/nothing.ts", "x", "does not exist"],
    ["a file outside the examples", "packages/core/src/index.ts", "x", "is no file of an example"],
    ["a file outside by a detour", "examples/toy-backend/../../package.json", "{", "is no file of an example"],
  ])("is stale with %s", (_, file, code, reason) => {
    expect(whyStale(block(file, code), root)).toContain(reason);
  });
});
