import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { mixtura, root, temporaryFolder } from "./mixtura.ts";

const folder = temporaryFolder();
afterAll(folder.remove);

const here = { cwd: folder.path(".") };

describe("the robust ellipse, the detector when none is named", () => {
  const hbk = join(root, "test", "data", "hbk.csv");

  it("finds the fourteen outliers that hide each other from mean and covariance, and shows how", async () => {
    const args = ["detect", hbk, "--columns", "X1,X2,X3", "--label-column", "label", "--chi-square", "0.975"];
    const { code, stdout } = await mixtura([...args, "--report", "hbk.html"], here);

    expect(code).toBe(3);
    expect(stdout).toContain("14 of 75 rows stand apart, by --chi-square 0.975"); // rows 1 to 14, by robustbase's covMcd and the package's help page
    expect(stdout).toContain("Column label knows 14 anomalies (“1”), 14 of them among those found.");
    const page = readFileSync(folder.path("hbk.html"), "utf8");
    expect(page).toContain("12 outliers hidden from the classical distance");
    expect(page).toContain("Distances against their &#967;&#178; quantiles");
    expect(page).toContain("farther out than 97.5% of the rows of a Gaussian");
  });

  it("judges by the cutoff of Hardin and Rocke, and by classical covariances where they are asked for", async () => {
    const count = async (...args: string[]): Promise<number> => {
      const { stdout } = await mixtura(["detect", hbk, "--columns", "X1,X2,X3", ...args, "--json"], here);
      return (JSON.parse(stdout) as { anomalies: { count: number } }).anomalies.count;
    };

    expect(await count("--hardin-rocke", "0.975")).toBe(14);
    // Mean and covariance of all rows are drawn to the outliers, which therefore look normal: masking.
    expect(await count("--covariance", "empirical", "--chi-square", "0.975")).toBeLessThan(5);
  });

  it.each(["EllipticEnvelope", "MixtureDetector", "ECOD"])(
    "a column without a name is called what the table calls it: %s",
    async (estimator) => {
      const rows = Array.from({ length: 20 }, (_, i) => `${i},5,${(i * i) % 7}`).join("\n");

      const { stdout } = await mixtura(["detect", "--estimator", estimator, "--keep-counters", "--constants", "strict"], {
        ...here,
        input: rows,
      });

      expect(stdout).toContain("3 features (x1, x2, x3)");
      expect(stdout).toMatch(/Warning: x2 (?:holds one|has the same|is constant)/);
      expect(stdout).toContain(
        estimator === "ECOD" ? "the lowest 10% of the training rows" : "None of 20 rows stands apart, by --apart 0.1",
      );
    },
  );

  it("names the columns that confine most rows to a hyperplane, and says what was done", async () => {
    const glass = join(root, "test", "data", "glass.csv");
    const { code, stdout } = await mixtura(
      [
        "detect",
        glass,
        "--estimator",
        "EllipticEnvelope",
        "--contamination",
        "0.1",
        "--label-column",
        "label",
        "--outlier-label",
        "6",
        "--report",
        "glass.html",
      ],
      here,
    );

    expect(code).toBe(3);
    expect(stdout).toMatch(/Warning: 176 of 214 rows lie on a hyperplane: "Ba" = 0\./);
    const page = readFileSync(folder.path("glass.html"), "utf8");
    expect(page).toMatch(/<li class="warning"><b>Warning\.<\/b> 176 of 214 rows lie on a hyperplane/);
    expect(page).not.toMatch(/NaN|undefined/);
  });

  it.each([
    ["one row", "a,b\n1,2\n"],
    ["two equal rows", "a,b\n1,2\n1,2\n"],
    ["a constant column", "a,b\n1,2\n1,3\n1,5\n1,4\n"],
    ["one feature", "a\n1\n2\n3\n2\n99\n"],
  ])("copes with %s", async (_, input) => {
    const { code, stdout, stderr } = await mixtura(["detect", "-", "--report", "small.html"], { ...here, input });

    if (code === 1) expect(stderr).toMatch(/^error\[too-few-rows\]: /);
    else {
      expect({ code, stderr }).toEqual({ code: code === 3 ? 3 : 0, stderr: "" });
      expect(stdout).toContain("Anomalies are rows that score less than");
    }
  });
});
