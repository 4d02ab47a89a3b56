import { readFileSync, writeFileSync } from "node:fs";
import { createRandom } from "@mixtura/core/authoring";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mixtura, temporaryFolder } from "./mixtura.ts";

// One row of absurd size never takes the others with it, nor the page about them (#16).

const folder = temporaryFolder();
afterAll(folder.remove);
const here = { cwd: folder.path(".") };

const random = createRandom(5);
const reading = (): string => `${40 + 3 * random.normal()},${7 + random.normal()},${random.normal()}`;
const HEAD = "pressure,level,heat";
const ABSURD = [
  "1e308,7,0",
  "1e308,-1e308,1.7e308",
  "40,1e200,0",
  "5e-324,1e-310,1e154",
  "-1.7976931348623157e308,1.7976931348623157e308,7",
];

beforeAll(() => {
  const few = Array.from({ length: 8 }, reading);
  writeFileSync(folder.path("clean.csv"), [HEAD, ...Array.from({ length: 200 }, reading)].join("\n"));
  writeFileSync(folder.path("new.csv"), [HEAD, ...few].join("\n"));
  writeFileSync(folder.path("absurd.csv"), [HEAD, ...few.slice(0, 4), ...ABSURD, ...few.slice(4)].join("\n"));
});

describe.each(["EllipticEnvelope", "MixtureDetector"])("rows of absurd size, judged by %s", (estimator) => {
  it("leave the others as they are, are alarms with reasons, and a page shows them all without a number that is none", async () => {
    await mixtura(["detect", "clean.csv", "--novelty", "--fpr", "0.02", "--estimator", estimator, "--seed", "3", "--save", "d.json"], here);
    await mixtura(["detect", "new.csv", "--model", "d.json", "--explain", "--output", "new-judged.csv"], here);

    const { code, stdout } = await mixtura(
      ["detect", "absurd.csv", "--model", "d.json", "--explain", "--output", "judged.csv", "--report", "page.html"],
      here,
    );

    expect(code).toBe(3);
    const judged = readFileSync(folder.path("judged.csv"), "utf8").split("\n");
    const expected = readFileSync(folder.path("new-judged.csv"), "utf8").split("\n");
    expect([...judged.slice(0, 5), ...judged.slice(10)]).toEqual(expected);
    expect(judged.slice(5, 10).map((line) => /(?:pressure|level|heat): expected/.test(line))).toEqual(ABSURD.map(() => true));
    const page = readFileSync(folder.path("page.html"), "utf8");
    for (const text of [stdout, judged.join("\n"), page]) expect(text).not.toMatch(/\bNaN\b|Infinity|∞|undefined/);
  });
});
