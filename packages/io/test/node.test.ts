import { appendFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { execFileSync, spawn } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { csvBlocks, readCSVFile } from "../src/node.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "mixtura-io-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function file(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

describe("readCSVFile", () => {
  it("reads a file that is longer than its buffer", async () => {
    const path = await file("long.csv", `a,"b c"\n${Array.from({ length: 50_000 }, (_, row) => `${row},${row / 2}`).join("\r\n")}`);

    const { X } = await readCSVFile(path);

    expect(X).toMatchObject({ rows: 50_000, featureNames: ["a", "b c"] });
    expect([X.data[99_998], X.data[99_999]]).toEqual([49_999, 24_999.5]);
  });

  it("reads standard input", async () => {
    const script = 'import { readCSVFile } from "@mixtura/io/node"; console.log((await readCSVFile("-")).X.data.join());';
    const child = spawn(process.execPath, ["--input-type=module", "-e", script], { cwd: import.meta.dirname });
    child.stdin.end("a,b\n1,2\n");
    let output = "";
    for await (const chunk of child.stdout) output += String(chunk);

    expect(output).toBe("1,2\n");
  });

  it("rejects with the path and the system's error for a file that is not there", async () => {
    const path = join(folder, "absent.csv");

    await expect(readCSVFile(path)).rejects.toMatchObject({
      code: "read-error",
      message: `${path}: there is no such file.`,
      detail: { source: path },
      cause: { code: "ENOENT" },
    });
  });

  it("rejects a folder", async () => {
    await expect(readCSVFile(folder)).rejects.toMatchObject({
      code: "read-error",
      message: `${folder}: this is a folder, not a table. Name a file in it.`,
      cause: { code: "EISDIR" },
    });
    await expect(csvBlocks(folder)).rejects.toMatchObject({ code: "read-error", message: expect.stringContaining("this is a folder") });
  });

  it("checks options before it looks for the file", async () => {
    await expect(readCSVFile(join(folder, "absent.csv"), { header: "yes" as "auto" })).rejects.toMatchObject({ code: "invalid-option" });
  });
});

describe("csvBlocks", () => {
  it("opens the file anew for each walk", async () => {
    const source = await csvBlocks(await file("blocks.csv", "a,b\n1,2\n3,4\n5,6\n"), { blockRows: 2 });

    for (let walk = 0; walk < 2; walk++) {
      const rows: number[][] = [];
      for await (const { X } of source.blocks({})) rows.push([...X.data]);
      expect(rows).toEqual([
        [1, 2, 3, 4],
        [5, 6],
      ]);
    }
  });

  it("rejects a walk of a file that was written to", async () => {
    const path = await file("growing.csv", "a\n1\n2\n");
    const source = await csvBlocks(path);
    await appendFile(path, "3\n");

    await expect(source.blocks({}).next()).rejects.toMatchObject({
      code: "read-error",
      message: `${path}: the table changed between two passes (it was written to). A fit needs the same rows in every pass; work on a copy that nobody writes to.`,
    });
  });

  it("refuses standard input, which can be read only once", async () => {
    await expect(csvBlocks("-")).rejects.toMatchObject({
      code: "not-supported",
      message: "standard input can be read only once, and a fit from blocks needs many passes. Save it to a file, or read it whole.",
    });
  });

  it.skipIf(process.platform === "win32")("refuses a pipe before it is opened, which would wait for a writer (#16)", async () => {
    const path = join(folder, "pipe");
    execFileSync("mkfifo", [path]);

    await expect(csvBlocks(path)).rejects.toMatchObject({
      code: "not-supported",
      message: expect.stringMatching(/read only once/) as string,
    });
  });
});
