import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "..", "..", "..");
const guide = readFileSync(join(root, "docs", "guides", "new-estimator.md"), "utf8");
const blocks = [...guide.matchAll(/^```\w+ file=(\S+)\n([^]*?)\n```$/gm)].map(([, path = "", code = ""]) => ({ path, code }));

describe("docs/guides/new-estimator.md", () => {
  it.each(blocks)("shows $path as it is", ({ path, code }) => {
    expect(readFileSync(join(root, path), "utf8")).toContain(code);
  });

  it("shows every source of the example, so that a reader's folder is complete", () => {
    const shown = blocks.map(({ path }) => path);
    const sources = readdirSync(join(import.meta.dirname, "..", "src")).map((file) => `examples/median-box/src/${file}`);

    expect(shown).toEqual(expect.arrayContaining(sources));
    expect(blocks.filter(({ path, code }) => path.includes("/src/") && readFileSync(join(root, path), "utf8") !== `${code}\n`)).toEqual([]);
  });

  it("gives a reader the compiler options that the example is built with", () => {
    const [, given = ""] = /`tsconfig\.json`:\n\n```json\n([^]*?)\n```/.exec(guide) ?? [];
    const base = readFileSync(join(root, "tsconfig.base.json"), "utf8").replaceAll(/^\s*\/\/.*$/gm, "");
    const {
      rootDir: _rootDir,
      outDir: _outDir,
      ...options
    } = (JSON.parse(given) as { compilerOptions: object }).compilerOptions as {
      rootDir: string;
      outDir: string;
    };

    expect((JSON.parse(base) as { compilerOptions: object }).compilerOptions).toMatchObject(options);
  });
});
