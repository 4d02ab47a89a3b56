// Ranges of columns, and fields within fields, on the command line (#17).
import { writeFileSync } from "node:fs";
import { afterAll, describe, expect, it } from "vitest";
import { mixtura, temporaryFolder } from "./mixtura.ts";

const folder = temporaryFolder();
afterAll(folder.remove);

const event = (index: number): string =>
  JSON.stringify({
    level: 30,
    responseTime: 20 + Math.sin(7.3 * index),
    res: { statusCode: 200 + (index % 5), size: 100 + Math.cos(3.1 * index) },
  });
const events = Array.from({ length: 60 }, (_, index) => event(index)).join("\n");

describe("the choice of columns", () => {
  it("--columns 2:3 takes two columns, and can stand next to names", async () => {
    const flags = ["--n-components", "1", "--covariance-type", "diag"];
    const range = await mixtura(["fit", "data/penguins.csv", "--columns", "1:2", ...flags, "--missing", "drop"]);
    const mixed = await mixtura(["fit", "data/penguins.csv", "--columns", "body_mass_g,1:2", ...flags, "--missing", "drop"]);

    expect(range.stdout).toMatch(/× 2 features/);
    expect(mixed.stdout).toMatch(/× 3 features \(body_mass_g, /);
  });

  it("--columns responseTime,res.size fits fields within fields, and the model finds them in every way of reading", async () => {
    const [data, model] = [folder.path("events.ndjson"), folder.path("model.json")];
    writeFileSync(data, events);
    const fitted = await mixtura(["detect", data, "--columns", "responseTime,res.size", "--novelty", "--seed", "1", "--save", model]);
    const rows = await mixtura(["detect", data, "--model", model]);
    const stream = await mixtura(["detect", "--model", model, "--each", "--json"], { input: events });
    const predicted = await mixtura(["predict", model, data, "--json"]);

    expect(fitted.stdout).toContain("60 clean rows × 2 features (responseTime, res.size)");
    expect(rows.stdout).toContain("60 rows × 2 features (responseTime, res.size)");
    expect([rows, stream, predicted].map(({ stderr }) => stderr).join("")).toBe("");
    expect(stream.stdout.trim().split("\n")).toHaveLength(60);
    expect(JSON.parse(stream.stdout.split("\n")[0]!)).toMatchObject({ res: { statusCode: 200 }, outlier: false });
  });
});
