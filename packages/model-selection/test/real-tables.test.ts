// Tables as people have them: the planted groups are found although a column follows from others, or holds a flag or counts (#17).
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createRandom } from "@mixtura/core/authoring";
import { adjustedRandScore } from "@mixtura/metrics";
import { describe, expect, it } from "vitest";
import { selectMixture } from "../src/index.ts";

interface Case {
  readonly names: readonly string[];
  readonly rows: number[][];
  readonly labels: number[];
}

/** A table of test/cases, without the columns named. */
function loadCase(name: string, leftOut: readonly string[] = []): Case {
  const text = readFileSync(join(import.meta.dirname, "../../../test/cases", `${name}.csv`), "utf8");
  const [header = [], ...lines] = text
    .trim()
    .split("\n")
    .map((line) => line.split(","));
  const kept = header.flatMap((column, j) => (column === "label" || leftOut.includes(column) ? [] : [j]));
  const groups = [...new Set(lines.map((line) => line[header.indexOf("label")]))];
  return {
    names: kept.map((j) => header[j]!),
    rows: lines.map((line) => kept.map((j) => Number(line[j]))),
    labels: lines.map((line) => groups.indexOf(line[header.indexOf("label")])),
  };
}

const options = { nComponents: [1, 2, 3, 4, 5], nInit: 5, randomState: 0 };
async function groupsOf({ names, rows, labels }: Case) {
  const { best } = await selectMixture(
    rows.map((row) => Object.fromEntries(names.map((name, j) => [name, row[j]!]))),
    options,
  );
  const found = Array.from(await best.predict(rows.map((row) => Object.fromEntries(names.map((name, j) => [name, row[j]!])))));
  return { best, ari: adjustedRandScore(labels, found) };
}

describe("groups are found in tables as people have them", () => {
  it.each([
    ["total", 2, ['"total" = "north" + "south"']],
    ["net-vat-gross", 2, ['"vat" = 0.19 × "net"', '"gross" = "net" + "vat"']],
  ])("columns that follow from others: %s.csv", async (name, groups, equations) => {
    const { best, ari } = await groupsOf(loadCase(name));

    expect(best.nComponents).toBe(groups);
    expect(ari).toBe(1);
    const messages = best.trace.diagnostics.filter(({ code }) => code === "collinear-features").map(({ message }) => message);
    for (const equation of equations) expect(messages.join("\n")).toContain(equation);
  });

  it.each([
    ["two-groups-flag", 2],
    ["three-flags", 2],
    ["customers", 3],
  ])("flags and counts: %s.csv", async (name, groups) => {
    const { best, ari } = await groupsOf(loadCase(name, ["customer_id"]));

    expect(best.nComponents).toBe(groups);
    expect(ari).toBe(1);
  });

  it.each([0.02, 0.1, 0.3, 0.5])("a flag of frequency %d that has nothing to do with the groups", async (frequency) => {
    const random = createRandom(41);
    const labels = Array.from({ length: 300 }, (_, i) => i % 2);
    const rows = labels.map((label) => [random.normal() + 7 * label, random.normal(), Number(random.uniform() < frequency)]);

    const { best, ari } = await groupsOf({ names: ["x", "y", "flag"], rows, labels });

    expect(best.nComponents).toBe(2);
    expect(ari).toBe(1);
  });
});
