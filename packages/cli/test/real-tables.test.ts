import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Ended } from "./mixtura.ts";
import { mixtura, root } from "./mixtura.ts";

// Tables as people have them (#17), at the first command.

const caseOf = (name: string): string => join("test", "cases", name);
const fit = (...args: string[]): Promise<Ended> =>
  mixtura(["fit", ...args, "--n-components", "1", "--covariance-type", "diag", "--keep-counters", "--seed", "1"], { cwd: root });

describe("the first command reads", () => {
  it.each<[file: string, size: string, notes: readonly RegExp[]]>([
    [
      "many-text-columns.csv",
      "20 rows × 2 features",
      [/columns "t1", .*"t12" hold text and were left out\. mixtura fit … --label-column t1/],
    ],
    ["optional-field.ndjson", "4 rows × 2 features", [/column "c" lacks a value in most rows and was left out/]],
    [
      "thousands.csv",
      "5 rows × 2 features",
      [/in column "income" "52,587" was read as 52\.587\. If the comma groups thousands, pass --thousands ","\./],
    ],
    [
      "currency.csv",
      "5 rows × 3 features",
      [/"\$3,134\.16" was read as 3134\.16/, /all of column "share" is in per cent/, /in column "active" true and yes were read as 1/],
    ],
    ["trailing-comma.csv", "5 rows × 2 features", [/column "column3" is empty and was left out/]],
    ["units-row.csv", "4 rows × 2 features (height, weight), without 1 row of units", [/1 row of units was left out/]],
    ["footer.csv", "4 rows × 2 features (a, b), without 1 footer", [/1 footer was left out/]],
    ["comment.csv", "3 rows × 2 features", [/1 line of comment was left out/]],
    ["sep-line.csv", "3 rows × 2 features", [/the first line names the delimiter/]],
    ["years.csv", "40 rows × 3 features (2019, 2020, 2021)", [/taken for names\. If they are data, pass --header false\./]],
    ["latin1.csv", "3 rows × 2 features", [/was read as Windows-1252/]],
    ["column-called-name.csv", "3 rows × 2 features (tol, b)", [/column "name" holds text and was left out/]],
  ])("%s", async (file, size, notes) => {
    const { code, stdout, stderr } = await fit(caseOf(file));

    expect(code).toBe(0);
    expect(stdout.split("\n")[0]).toContain(size);
    for (const note of notes) expect(stderr).toMatch(note);
    expect(stderr.trimEnd().split("\n")).toHaveLength(notes.length);
  });

  it("what a note advises", async () => {
    expect((await fit(caseOf("thousands.csv"), "--thousands", ",")).stderr).toContain('in column "income" "52,587" was read as 52587.');
    expect((await fit(caseOf("years.csv"), "--header", "false")).stdout).toContain("41 rows × 3 features");
    expect((await fit(caseOf("many-text-columns.csv"), "--label-column", "t1")).stdout).toContain("20 rows × 2 features");
  });

  it("the same from standard input", async () => {
    const input = readFileSync(join(root, caseOf("currency.csv")), "utf8");

    const { stdout } = await mixtura(["fit", "--n-components", "1", "--covariance-type", "diag"], { input });

    expect(stdout.split("\n")[0]).toContain("5 rows × 3 features");
  });

  it("rows that lack a value are counted, unless --missing error stops at them", async () => {
    const table = { input: "a,b\n1,2\n3,\n5,7\n" };
    const run = (...args: string[]): Promise<Ended> =>
      mixtura(["select", "--n-components", "1", "--covariance-type", "diag", ...args], table);

    expect((await run()).stdout).toContain("Left out: 1 row with a missing value (line 3).");
    expect(await run("--missing", "error")).toMatchObject({ code: 1 });
  });

  it("what --na, --skip-rows and --comment say", async () => {
    const input = "a title\n% a comment\na,b\n1,2\nk.A.,3\n4,5\n";

    const { stdout } = await mixtura(
      ["fit", "--n-components", "1", "--covariance-type", "diag", "--skip-rows", "1", "--comment", "%", "--na", "k.A.,x"],
      {
        input,
      },
    );

    expect(stdout.split("\n")[0]).toContain("2 rows × 2 features (a, b)");
  });
});
