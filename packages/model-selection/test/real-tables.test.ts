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

/** What a finding says, and the table with what it advises. */
const findings = async ({ names, rows }: Case) => {
  const { best } = await selectMixture(
    rows.map((row) => Object.fromEntries(names.map((name, j) => [name, row[j]!]))),
    { nComponents: [1, 2], covarianceType: "full", randomState: 0 },
  );
  return best.trace.diagnostics;
};
const withColumn = (found: Case, name: string, change: (value: number) => number): Case => {
  const j = found.names.indexOf(name);
  return { ...found, rows: found.rows.map((row) => row.map((value, at) => (at === j ? change(value) : value))) };
};

describe("a column whose shape splits one population is named with the transform that mends it", () => {
  const population = (amount: (random: ReturnType<typeof createRandom>) => number, seed: number): Case => {
    const random = createRandom(seed);
    const rows = Array.from({ length: 400 }, () => [20 + 3 * random.normal(), amount(random)]);
    return { names: ["temperature", "amount"], rows, labels: rows.map(() => 0) };
  };

  it.each<readonly [string, Case, (value: number) => number, string]>([
    ["log-normal.csv", loadCase("log-normal"), Math.log, 'log("amount")'],
    ["a wider logarithm", population((random) => Math.exp(3 + 1.5 * random.normal()), 1), Math.log, 'log("amount")'],
    ["prices in cents", population((random) => Math.round(100 * Math.exp(2 + random.normal())), 2), Math.log, 'log("amount")'],
    ["squares", population((random) => (6 + random.normal()) ** 4, 3), Math.log, 'log("amount")'],
  ])("%s", async (_, found, transform, advice) => {
    const said = (await findings(found)).filter(({ code }) => code === "skewed-feature");
    expect(said.map(({ message }) => message).join()).toContain(advice);

    const { best } = await groupsOf(withColumn(found, "amount", transform));
    expect(best.nComponents).toBe(1);
  });

  const ages = (claim: (random: ReturnType<typeof createRandom>) => number, seed: number): Case => {
    const random = createRandom(seed);
    const labels = Array.from({ length: 400 }, (__, i) => i % 2);
    return { names: ["claims", "age"], labels, rows: labels.map((label) => [claim(random), 30 + 34 * label + 4 * random.normal()]) };
  };
  it.each<readonly [string, Case]>([
    ["zero-inflated.csv", loadCase("zero-inflated")],
    ["half of the rows", ages((random) => (random.uniform() < 0.5 ? 0 : 200 * -Math.log(1 - random.uniform())), 4)],
    ["nine rows in ten", ages((random) => (random.uniform() < 0.9 ? 0 : Math.exp(4 + random.normal())), 5)],
    ["a third, whole numbers", ages((random) => (random.uniform() < 0.4 ? 0 : Math.ceil(Math.exp(4 + random.normal()))), 6)],
  ])("mostly zero: %s", async (_, found) => {
    const said = (await findings(found)).filter(({ code }) => code === "zero-inflated-feature");
    expect(said.map(({ message }) => message).join()).toMatch(/"claims" is 0 in many rows .*"is it 0\?" as a 0\/1 column/);

    const { best, ari } = await groupsOf(withColumn(found, "claims", (value) => Number(value === 0)));
    expect(best.nComponents).toBe(2);
    expect(ari).toBe(1);
  });
});

describe("how many groups there are", () => {
  it("of five rows: one, with a warning that there are too many parameters", async () => {
    const { best } = await groupsOf(loadCase("five-rows"));

    expect(best.nComponents).toBe(1);
    expect(best.trace.diagnostics.map(({ code }) => code)).toContain("few-rows-for-parameters");
  });

  it("is found beyond the usual range: ring-of-twelve.csv", async () => {
    const { rows, labels } = loadCase("ring-of-twelve");
    const { best } = await selectMixture(rows, { covarianceType: ["tied", "spherical"], randomState: 0 });

    expect(best.nComponents).toBe(12);
    expect(adjustedRandScore(labels, Array.from(await best.predict(rows)))).toBeGreaterThan(0.99);
  });
});
