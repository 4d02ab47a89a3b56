import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { collectBlocks, collectShownBlocks } from "../src/blocks.ts";
import { packageOf } from "../src/packages.ts";
import { checkTypes } from "../src/type-check.ts";

const root = join(import.meta.dirname, "..", "..", "..");

const block = (code: string, runs = true) => ({ file: "guide.md", line: 10, code, runs });

describe("the compiler takes", () => {
  const running = collectBlocks(root).map((shown) => ({ ...shown, runs: true }));
  const shown = collectShownBlocks(root).map((only) => ({ ...only, runs: false }));

  it(`all ${running.length} examples that run, and all ${shown.length} that are shown`, () => {
    expect(checkTypes(root, [...running, ...shown], (file) => packageOf(root, file))).toEqual([]);
  });

  it("no wrong argument and no wrong name, and says where", () => {
    const problems = checkTypes(
      root,
      [
        block('import { GaussianMixture } from "mixtura";\nnew GaussianMixture({ nComponents: "two" })'),
        block("nothingOfOurs(1)"),
        block("nothingOfOurs(1)", false),
        block('import { matrix } from "mixtura";\nmatrix("x", 1, 1)\n// throws invalid-shape'),
        block("new KMeans()"),
        { ...block("new KMeans()"), file: "docstring.ts" },
      ],
      () => undefined,
    );
    expect(problems.map(({ place }) => place)).toEqual(["guide.md:12", "guide.md:11", "guide.md:11"]);
    expect(problems[0]!.message).toMatch(/string.*number/);
  });
});
