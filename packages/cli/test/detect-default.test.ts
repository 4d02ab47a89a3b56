import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createRandom } from "@mixtura/core/authoring";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mixtura, root, temporaryFolder } from "./mixtura.ts";

const folder = temporaryFolder();
const here = { cwd: folder.path(".") };
beforeAll(() => {
  for (const name of ["segments-detect.csv", "clean-four-groups.csv"]) cpSync(join(root, "test", "cases", name), folder.path(name));
  for (const name of ["hbk.csv", "galaxies.csv", "penguins.csv"]) cpSync(join(root, "test", "data", name), folder.path(name));
});
afterAll(folder.remove);

interface Answer {
  readonly detector: { readonly type: string; readonly chosen?: string; readonly rule: object; readonly threshold: number };
  readonly anomalies: { readonly count: number };
  readonly worst: readonly { readonly row: number }[];
}

/** The command's answer as JSON. */
const detect = async (...args: readonly string[]): Promise<Answer> =>
  JSON.parse((await mixtura(["detect", ...args, "--json"], here)).stdout) as Answer;

/** Writes rows of groups: how many in each, where its centre is, what its standard deviation. */
function write(name: string, seed: number, groups: readonly { rows: number; at: readonly number[]; deviation?: number }[]): string {
  const random = createRandom(seed);
  const lines = groups.flatMap(({ rows, at, deviation = 1 }) =>
    Array.from({ length: rows }, () => at.map((centre) => (centre + deviation * random.normal()).toFixed(4)).join(",")),
  );
  writeFileSync(folder.path(name), `${groups[0]!.at.map((_, j) => `v${j}`).join(",")}\n${lines.join("\n")}\n`);
  return name;
}

/** Writes rows of a t distribution with 3 degrees of freedom in four features. */
function heavy(name: string, seed: number): string {
  const random = createRandom(seed);
  const lines = Array.from({ length: 300 }, () => {
    const scale = Math.sqrt((random.normal() ** 2 + random.normal() ** 2 + random.normal() ** 2) / 3);
    return Array.from({ length: 4 }, () => (random.normal() / scale).toFixed(4)).join(",");
  });
  writeFileSync(folder.path(name), `a,b,c,d\n${lines.join("\n")}\n`);
  return name;
}

describe("mixtura detect without --estimator (#17)", () => {
  it.each([
    ["segments-detect.csv", 3],
    ["clean-four-groups.csv", 4],
  ])("judges %s by its %d groups, finds next to nothing among them, and says so first", async (file, groups) => {
    const { stdout } = await mixtura(["detect", file], here);

    // Of 4,000 clean rows one in a thousand may be far out by chance.
    expect(stdout).toMatch(
      new RegExp(`\\n(None|[1-4]) of [\\d,]+ rows stands? apart from a mixture of ${groups} components, by --apart 0\\.1\\n`),
    );
    expect(stdout.replaceAll(/\s+/g, " ")).toContain(
      `One ellipse does not describe these rows: BIC prefers a mixture of ${groups} components`,
    );
    expect(stdout).toContain("Fitted MixtureDetector");
  });

  it("finds what lies between groups, which one ellipse would count as its middle", async () => {
    const file = write("between.csv", 3, [
      { rows: 150, at: [0, 0] },
      { rows: 150, at: [20, 0] },
      { rows: 1, at: [10, 0] },
      { rows: 1, at: [8, 9] },
    ]);

    const { detector, worst } = await detect(file, "--seed", "1");

    expect(detector.type).toBe("MixtureDetector");
    expect(worst.map(({ row }) => row).toSorted((a, b) => a - b)).toEqual([301, 302]);
  });

  it.each<[string, string, number[]?]>([
    ["the stars and dust of hbk", "hbk.csv", Array.from({ length: 14 }, (_, row) => row + 1)],
    ["galaxies, most at one speed", "galaxies.csv"],
    ["one clean group", write("one.csv", 5, [{ rows: 400, at: [3, -1, 2] }])],
    ["one group with a clump of outliers", write("clump.csv", 6, [{ rows: 190, at: [0, 0] }, { rows: 10, at: [9, 9], deviation: 0.3 }]), Array.from({ length: 10 }, (_, i) => 191 + i)], // prettier-ignore
    [
      "one group with scattered outliers",
      write("scattered.csv", 7, [
        { rows: 285, at: [0, 0] },
        { rows: 15, at: [0, 0], deviation: 40 },
      ]),
    ],
    ["one group with heavy tails", heavy("heavy.csv", 9)],
    [
      "few rows",
      write("few.csv", 8, [
        { rows: 20, at: [0, 0] },
        { rows: 20, at: [30, 0] },
      ]),
    ],
  ])("stays with the ellipse for %s", async (_, file, rows) => {
    const { detector, anomalies, worst } = await detect(file, "--top", "100", ...(file === "hbk.csv" ? ["--drop", "label"] : []));

    expect(detector).toMatchObject({ type: "EllipticEnvelope", rule: { apart: 0.1 } });
    expect(detector.chosen).toBeUndefined();
    if (rows !== undefined) expect(worst.map(({ row }) => row).toSorted((a, b) => a - b)).toEqual(expect.arrayContaining(rows));
    expect(anomalies.count).toBeLessThan(25);
  });

  it.each([["--estimator", "EllipticEnvelope"], ["--chi-square", "0.99"], ["--score", "-30"], ["--support-fraction", "0.75"], ["--clean"]])(
    "leaves the ellipse to those who ask for what it has: %s",
    async (...flags) => {
      const { detector } = await detect("penguins.csv", "--drop", "label", ...flags);

      expect(detector.type).not.toBe("MixtureDetector");
    },
  );

  it("gives the same answer for a seed, and its report and saved detector say how it was chosen", async () => {
    const args = ["penguins.csv", "--drop", "label", "--seed", "7"];
    const [first, second] = [await detect(...args), await detect(...args, "--save", "chosen.json")];

    expect(second).toEqual({ ...first, savedTo: "chosen.json" });
    expect(first.worst.map(({ row }) => row)).toContain(292);
    const again = await detect("penguins.csv", "--drop", "label", "--model", "chosen.json");
    expect(again.anomalies).toEqual(first.anomalies);
    expect(again.detector).toMatchObject({ type: "MixtureDetector", rule: { apart: 0.1 }, threshold: first.detector.threshold });
  });

  it("writes the same page again by the command that the page gives", async () => {
    await mixtura(["detect", "penguins.csv", "--drop", "label", "--report", "page.html"], here);
    const page = readFileSync(folder.path("page.html"), "utf8");
    const [, seed] = /--random-state (\d+)/.exec(page)!;

    await mixtura(["detect", "penguins.csv", "--drop", "label", "--random-state", seed!, "--report", "again.html"], here);

    const same = (text: string): string => text.replaceAll(/\d{4}-\d\d-\d\d \d\d:\d\d UTC|(page|again)\.html/g, "");
    expect(same(readFileSync(folder.path("again.html"), "utf8"))).toBe(same(page));
    expect(page).toMatch(/1 of 342 rows of penguins\.csv stands apart from a mixture of [34] components, by --apart 0\.1\./);
  });

  it("looks at clean rows of --train and --novelty as well", async () => {
    const { detector } = await detect("penguins.csv", "--drop", "label", "--train", "penguins.csv", "--fpr", "0.05", "--seed", "1");

    expect(detector).toMatchObject({ type: "MixtureDetector", rule: { fpr: 0.05 }, novelty: true });
  });
});
