import { writeFileSync } from "node:fs";
import { GaussianMixture, KMeans } from "@mixtura/mixture";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mixtura, temporaryFolder } from "./mixtura.ts";

const folder = temporaryFolder();
afterAll(folder.remove);

const X = [0, 1, 2, 3, 4, 20, 21, 22, 23, 24].map((value, row) => [value, (row * 7) % 5]);
const json = (model: { toJSON(): object }, names: readonly string[]): string =>
  JSON.stringify({ ...model.toJSON(), features: { count: 2, names } });

beforeAll(async () => {
  const fitted = await new GaussianMixture({ nComponents: 2, covarianceType: "diag", nInit: 3, randomState: 5 }).fit(X);
  writeFileSync(folder.path("a model.json"), json(fitted, ["size", "a|b <i>*x*</i>"]));
  writeFileSync(folder.path("k.json"), JSON.stringify(await new KMeans({ nClusters: 2, randomState: 1 }).fit(X)));
  const hand = GaussianMixture.fromParameters({ weights: [1], means: [[3]], covariances: [[[4]]] });
  writeFileSync(folder.path("hand.json"), JSON.stringify(hand));
});

describe("mixtura describe", () => {
  it("tells what the groups are, how the model was fitted and how to use it", async () => {
    const { stdout, code } = await mixtura(["describe", folder.path("a model.json")]);

    expect(code).toBe(0);
    expect(stdout).toContain("GaussianMixture, ");
    expect(stdout).toMatch(/2 components, diag covariance \(.*free\s+parameters\./s);
    expect(stdout).toMatch(/\d \(50% of rows\): low size \(2\.0\)/);
    expect(stdout).toMatch(/\d \(50% of rows\): high size \(22\.0\)/);
    expect(stdout).toMatch(
      /seed +5\n +backend +\S+\n +starts +3; \d+% of them came within 0\.001 of the best\n +iterations +\d+, converged/,
    );
    expect(stdout).toContain(`predict '${folder.path("a model.json")}' data.csv`);
    expect(stdout).not.toMatch(/NaN|undefined/);
  });

  it("writes Markdown in which names are text, not markup", async () => {
    const { stdout } = await mixtura(["describe", folder.path("a model.json"), "--markdown"]);

    expect(stdout).toMatch(/^# .*a model\.json\n\n\*\*GaussianMixture\*\*/);
    expect(stdout).toContain("| a\\|b \\<i\\>\\*x\\*\\</i\\> |");
    expect(stdout).toContain("\n```sh\n");
  });

  it("gives the card as JSON for programs", async () => {
    const { stdout } = await mixtura(["describe", folder.path("a model.json"), "--json"]);

    expect(JSON.parse(stdout)).toMatchObject({
      type: "GaussianMixture",
      features: ["size", "a|b <i>*x*</i>"],
      groups: [{ label: 0 }, { label: 1 }],
    });
  });

  it("describes models of other types and models made by hand", async () => {
    const [k, hand] = await Promise.all([mixtura(["describe", folder.path("k.json")]), mixtura(["describe", folder.path("hand.json")])]);

    expect(k.stdout).toContain("2 clusters around centres; inertia");
    expect(k.stdout).not.toMatch(/mixtura score|main\.js score/);
    expect(hand.stdout).toContain("made from parameters, not fitted");
    expect(hand.stdout).toContain("x1 around 3.0");
    expect(`${k.stdout}${hand.stdout}`).not.toMatch(/NaN|undefined/);
  });
});
