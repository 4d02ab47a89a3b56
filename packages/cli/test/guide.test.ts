import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mixtura, root, temporaryFolder } from "./mixtura.ts";

const folder = temporaryFolder();
beforeAll(() => cpSync(join(root, "data"), folder.path("data"), { recursive: true }));
afterAll(folder.remove);

const guide = readFileSync(join(root, "docs", "guides", "anomalies.md"), "utf8");
const blocks = [...guide.matchAll(/^```console\n\$ mixtura ((?:.*\\\n)*.*)\n([^]*?)\n```$/gm)].map(([, command = "", output = ""]) => ({
  command,
  output,
}));

describe("docs/guides/anomalies.md shows what the command line prints", () => {
  it("in some blocks", () => {
    expect(blocks.length).toBeGreaterThan(3);
  });

  it.each(blocks)("$command", async ({ command, output }) => {
    const { stdout, stderr } = await mixtura(command.split(/[\s\\]+/), { cwd: folder.path("."), env: { COLUMNS: "72" } });

    expect(stderr).toBe("");
    // A line "…" stands for lines that are left out; blank lines do not count.
    const lines = stdout.split("\n").filter((line) => line.trim() !== "");
    let from = 0;
    for (const line of output.split("\n").filter((shown) => shown.trim() !== "" && shown.trim() !== "…")) {
      const at = lines.indexOf(line, from);
      expect(at, `the output lacks, from its line ${from + 1} on: ${line}`).toBeGreaterThanOrEqual(from);
      from = at + 1;
    }
  });
});
