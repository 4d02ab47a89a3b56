import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { hours } from "./angles.ts";

const require = createRequire(import.meta.url);
const program = join(dirname(require.resolve("@mixtura/cli/package.json")), "dist", "main.js");
const plugin = join(import.meta.dirname, "..", "dist", "index.js");
const folder = mkdtempSync(join(tmpdir(), "von-mises-"));
writeFileSync(
  join(folder, "hours.csv"),
  `hour\n${hours()
    .rows.map(({ hour }) => hour)
    .join("\n")}\n`,
);

/** A command with the plugin. */
function mixtura(...args: string[]): { readonly status: number | null; readonly stdout: string; readonly stderr: string } {
  return spawnSync(process.execPath, [program, ...args, "--plugin", plugin], { cwd: folder, encoding: "utf8" });
}

const estimator = ["--estimator", "VonMisesMixture"];

afterAll(() => rmSync(folder, { recursive: true }));

describe("the command line, given the plugin", () => {
  it("fits, chooses and saves", () => {
    const { stdout, stderr, status } = mixtura(
      "fit",
      "hours.csv",
      ...estimator,
      "--n-components",
      "1:3",
      "--seed",
      "1",
      "--output",
      "m.json",
    );

    expect({ stderr: stderr.replaceAll(/.*\r|fitting.*/g, ""), status }).toMatchObject({ status: 0 });
    expect(stdout).toContain("Chosen: 2 von Mises components; 5 free parameters.");
    expect(stdout).toMatch(/around -0\.\d\d rad, κ = /);
    expect(JSON.parse(readFileSync(join(folder, "m.json"), "utf8"))).toMatchObject({ type: "VonMisesMixture" });
  });

  it("takes the options of the plugin as flags, and no others", () => {
    const json = JSON.parse(
      mixtura("fit", "hours.csv", ...estimator, "--n-components", "2", "--max-concentration", "3", "--json").stdout,
    ) as {
      best: { nComponents: number; bic: number; degenerate: boolean };
    };
    expect(json.best).toMatchObject({ nComponents: 2, bic: expect.any(Number) as number, degenerate: true });
    expect(mixtura("fit", "hours.csv", "--max-concentration", "3").stderr).toContain("add --estimator VonMisesMixture");
    expect(mixtura("fit", "hours.csv", ...estimator, "--covariance-type", "full").stderr).toContain("--covariance-type");
  });

  it("compares candidates, with stability", () => {
    const { stdout } = mixtura("select", "hours.csv", ...estimator, "--n-components", "1:3", "--seed", "1", "--stability", "4");

    expect(stdout).toMatch(/\* +2 +5 /);
    expect(stdout).not.toContain("covariance");
    expect(stdout).toContain("2 groups are stable");
  });

  it("reports, of a fit and of a saved model", () => {
    expect(mixtura("report", "hours.csv", ...estimator, "--n-components", "2", "--seed", "1", "--output", "fit.html").status).toBe(0);
    expect(mixtura("report", "m.json", "hours.csv", "--output", "saved.html").status).toBe(0);

    for (const name of ["fit.html", "saved.html"]) expect(readFileSync(join(folder, name), "utf8")).toContain("Von Mises mixture report");
    expect(readFileSync(join(folder, "fit.html"), "utf8")).toContain("--estimator VonMisesMixture");
  });

  it("describes, scores, labels and draws", () => {
    const card = mixtura("describe", "m.json").stdout;
    expect(card).toContain("2 von Mises components; 5 free parameters.");
    expect(card).toContain("On its training rows: log-likelihood");
    expect(card).toMatch(/report m\.json data\.csv .*--plugin /);
    expect(mixtura("describe", "m.json", "--markdown").stdout).toMatch(/- \*\*0\*\* \(\d+% of rows\): hour around/);
    expect(mixtura("score", "m.json", "hours.csv").stdout).toContain("BIC");
    expect(mixtura("predict", "m.json", "hours.csv", "--with", "labels,responsibilities,log-density").stdout.split("\n")).toHaveLength(402);
    expect(mixtura("sample", "m.json", "-n", "5", "--seed", "1").stdout.split("\n")).toHaveLength(7);
  });

  it("detects by a saved model, and by a cleaned fit", () => {
    writeFileSync(join(folder, "new.csv"), "hour\n-0.8\n1\n");

    const found = mixtura("detect", "new.csv", "--model", "m.json", "--log-density", "-4");
    expect(found.status).toBe(3);
    expect(found.stdout).toContain("1 of 2 rows stands apart, by --log-density -4");
    const cleaned = mixtura(
      "detect",
      "hours.csv",
      "--clean",
      ...estimator,
      "--n-components",
      "2",
      "--contamination",
      "0.02",
      "--report",
      "d.html",
    );
    expect(cleaned.stdout).toContain("8 of 400 rows score lowest, by --contamination 0.02");
    expect(readFileSync(join(folder, "d.html"), "utf8")).toContain("natural-log density");
  });
});
