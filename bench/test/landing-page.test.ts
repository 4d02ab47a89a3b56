import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import type { DatedReport } from "../src/report.ts";

const root = join(import.meta.dirname, "..", "..");

it("the landing page names the least and the largest ratio to scikit-learn of all kept", () => {
  const { cases } = JSON.parse(readFileSync(join(root, "bench", "results", "em-iteration.json"), "utf8")) as DatedReport;
  const ratios = cases.flatMap(({ ratios: all }) => all.filter(({ faster }) => faster === "wasm 2T").map(({ median }) => median));
  const said = /EM iterates (\d+) to (\d+) times as fast as scikit-learn/.exec(readFileSync(join(root, "docs", "index.md"), "utf8"));

  expect(said?.slice(1).map(Number)).toEqual([Math.floor(Math.min(...ratios)), Math.floor(Math.max(...ratios))]);
});
