import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { GaussianMixture, KMeans } from "@mixtura/mixture";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mixtura, temporaryFolder } from "./mixtura.ts";

const folder = temporaryFolder();
afterAll(folder.remove);

beforeAll(async () => {
  const model = GaussianMixture.fromParameters({ weights: [1], means: [[3.5, 70]], covariances: [[1, 100]], covarianceType: "diag" });
  const named = { ...model.toJSON(), features: { count: 2, names: ["eruptions", "waiting"] } };
  writeFileSync(folder.path("model.json"), JSON.stringify(named));
  writeFileSync(folder.path("k.json"), JSON.stringify(await new KMeans({ nClusters: 1, randomState: 1 }).fit([[0], [1]])));
  writeFileSync(folder.path("it's <b>.csv"), "a,b,kind\n1,2,x\n2,2.5,x\nNA,1,y\n9,8,y\n8,9,y\n1.5,2,x\n9,9.5,y\n");
});

describe("mixtura report", () => {
  it("writes one page about a table, with the command that writes it again", async () => {
    const output = folder.path("new folder/page.html");
    const data = folder.path("it's <b>.csv");
    const options = ["--n-components", "1,2", "--covariance-type", "spherical", "--label-column", "kind", "--missing", "drop"];

    const { code, stdout, stderr } = await mixtura(["report", data, ...options, "--output", output]);

    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/6 rows, 2 groups \(spherical covariance\)\nReport written to .*page\.html \([\d.]+ kB\)\.\n/);
    const page = readFileSync(output, "utf8");
    expect(page).toContain("The 6 rows of it&#39;s &lt;b&gt;.csv fall into 2 groups, or more.");
    expect(page).toContain("adjusted Rand index 1.000");
    expect(page).toMatch(
      /mixtura report .* --n-components 1,2 --covariance-type spherical --random-state \d+ --missing drop --label-column kind --output/,
    );
    expect(page).not.toMatch(/NaN|undefined/);
  });

  it("shows the rows of another table through a saved model, which needs no label or unit column", async () => {
    const output = folder.path("seen.html");
    const input = "waiting,id,eruptions\n70,x,3.4\n71,y,3.6\n900,z,3.5\n";

    const { code } = await mixtura(["report", folder.path("model.json"), "-", "--output", output], { input });

    expect(code).toBe(0);
    const page = readFileSync(output, "utf8");
    expect(page).toContain("The 3 rows of standard input, seen through a saved model of 1 group.");
    expect(page).toContain("waiting 900 is 83.0 sd above");
    expect(page).toContain("Columns that are no features: id.");
  });

  it("has a look at stability where one is asked for, of a single number of groups, too", async () => {
    const output = folder.path("steady.html");
    const data = "data/faithful.csv";

    const { code, stderr } = await mixtura([
      "report",
      data,
      "--n-components",
      "2",
      "--covariance-type",
      "tied",
      "--stability",
      "3",
      "--output",
      output,
    ]);

    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const page = readFileSync(output, "utf8");
    expect(page).toContain("2 groups are stable: over 3 samples");
    expect(page).toMatch(/mixtura report data\/faithful\.csv [^<]*--stability 3 --output/);
  });

  it("is written by fit as well, next to the model", async () => {
    const [report, output] = [folder.path("both/page.html"), folder.path("both/model.json")];

    const { stdout } = await mixtura([
      "fit",
      "data/faithful.csv",
      "--n-components",
      "2",
      "--covariance-type",
      "tied",
      "--seed",
      "7",
      "--report",
      report,
      "--output",
      output,
    ]);

    expect(stdout).toMatch(/Report written to .*page\.html/);
    expect(readFileSync(report, "utf8")).toContain("The 272 rows of faithful.csv were described as 2 groups.");
    expect(existsSync(output)).toBe(true);
  });

  it.each<[args: readonly string[], code: number, message: RegExp]>([
    [["k.json", "-"], 1, /^error\[not-supported\]: A report needs a mixture, such as a GaussianMixture/],
    [["model.json", "-", "--n-components", "2"], 2, /^error\[usage\]: "model\.json" is a model already.*--n-components/],
    [["model.json", "-", "--stability"], 2, /^error\[usage\]: "model\.json" is a model already.*--stability/],
    [["model.json"], 1, /^error\[read-error\]: model\.json: .*Pass the data after it/],
    [["model.json", "nowhere.csv"], 1, /^error\[read-error\]: nowhere\.csv/],
    [["nowhere.csv"], 1, /^error\[read-error\]: nowhere\.csv/],
  ])("refuses %j in one line and writes nothing", async (args, code, message) => {
    const ended = await mixtura(["report", ...args, "--output", "refused.html"], { cwd: folder.path("."), input: "a\n1\n" });

    expect(ended.stderr.trim()).toMatch(message);
    expect({ code: ended.code, written: existsSync(folder.path("refused.html")) }).toEqual({ code, written: false });
  });
});
