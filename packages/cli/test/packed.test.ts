// Compressed files and workbooks, from files and standard input (#17).
import { copyFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { libraryIn } from "../src/files/reading.ts";
import { mixtura, root, temporaryFolder } from "./mixtura.ts";

const folder = temporaryFolder();
afterAll(folder.remove);
const packed = (name: string): string => join(root, "packages", "io", "test", "packed", name);
const quick = ["--n-components", "2", "--covariance-type", "full", "--seed", "1"];

describe("what is packed is read like what it holds", () => {
  it.each(["faithful.csv.gz", "faithful.csv.zst", "faithful.ndjson.gz", "faithful.ndjson.zst"])("%s, under any name", async (name) => {
    const other = folder.path("table");
    copyFileSync(packed(name), other);
    const plain = await mixtura(["fit", "data/faithful.csv", ...quick, "--json"]);
    for (const path of [packed(name), other]) {
      const { stdout } = await mixtura(["fit", path, ...quick, "--json"]);
      expect((JSON.parse(stdout) as { best: object }).best).toEqual((JSON.parse(plain.stdout) as { best: object }).best);
    }
  });

  it("rows are predicted and events judged as they come, also from standard input", async () => {
    const [model, detector] = [folder.path("model.json"), folder.path("detector.json")];
    await mixtura(["fit", "data/faithful.csv", ...quick, "--output", model]);
    await mixtura(["detect", "data/faithful.csv", "--novelty", "--seed", "1", "--save", detector]);
    const plain = await mixtura(["predict", model, "data/faithful.csv"]);

    expect((await mixtura(["predict", model, packed("two-members.csv.gz")])).stdout).toBe(plain.stdout);
    expect((await mixtura(["predict", model, packed("two-frames.csv.zst")])).stdout).toBe(plain.stdout);
    const judged = await mixtura(["detect", "--model", detector, "--each", "--json"], {
      input: readFileSync(packed("faithful.ndjson.gz")),
    });
    expect(judged.stdout.trim().split("\n")).toHaveLength(272);
  });

  it.each([
    ["fzstd", "Decompress"],
    ["read-excel-file/universal", "readSheet"],
  ])("%s may be installed in the folder where the command is called", async (name, wanted) => {
    expect(await libraryIn(join(root, "packages", "io"), name)).toHaveProperty(wanted);
  });

  it("a sheet of a workbook is a table", async () => {
    const { stdout } = await mixtura(["fit", packed("book.xlsx"), "--sheet", "Old Faithful", ...quick]);
    const wrong = await mixtura(["fit", packed("book.xlsx"), "--sheet", "Faithful", ...quick]);

    expect(stdout).toContain("40 rows × 2 features (eruptions, waiting)");
    expect(wrong).toMatchObject({ code: 2 });
    expect(wrong.stderr).toContain("--sheet asks for");
    expect(wrong.stderr).toContain("It has the sheets Measured, Old Faithful, 2.");
  });
});
