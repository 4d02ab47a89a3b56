import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, describe, expect, it } from "vitest";

const require = createRequire(import.meta.url);
const program = join(dirname(require.resolve("@mixtura/cli/package.json")), "dist", "main.js");
const example = join(import.meta.dirname, "..");
const folder = mkdtempSync(join(tmpdir(), "median-box-"));
const node = (...args: string[]): string => execFileSync(process.execPath, args, { cwd: folder, encoding: "utf8", stdio: "pipe" });

afterAll(() => rmSync(folder, { recursive: true }));

describe("the command line", () => {
  it("applies a saved model when the plugin is named, and says what is missing when it is not", () => {
    node(join(example, "example.mjs"));

    expect(node(program, "predict", "model.json", "data.csv", "--plugin", join(example, "dist", "index.js"))).toBe("label\n1\n-1\n");
    expect(() => node(program, "predict", "model.json", "data.csv")).toThrow(/unknown-model-type.*MedianBox/);
  });

  it("detects by the plugin, with its options as flags, and reports on it", () => {
    node(join(example, "example.mjs"));
    const detect = (...args: string[]) =>
      spawnSync(
        process.execPath,
        [program, "detect", "data.csv", "--plugin", join(example, "dist", "index.js"), "--estimator", "MedianBox", ...args],
        {
          cwd: folder,
          encoding: "utf8",
        },
      );

    const found = detect("--cutoff", "0.5", "--report", "report.html");

    expect(found.stderr).toBe("");
    expect(found.status).toBe(3); // both rows are one deviation from their median, halfway
    expect(found.stdout).toContain("2 of 2 rows stand apart");
    expect(readFileSync(join(folder, "report.html"), "utf8")).toContain("MedianBox");
    expect(detect("--cutoff", "3").status).toBe(0);
    expect(detect("--cutoff", "-1").stderr).toContain("--cutoff");
  });

  it.each([
    [
      "another contract version",
      "[{ ...plugins[0], contractVersion: 2 }]",
      /plugins\[0\], "MedianBox": its contractVersion is 2, this release takes 1/,
    ],
    ["two plugins of one type", "[plugins[0], { ...plugins[0] }]", /plugins\[1\], "MedianBox": another plugin has the same type/],
    [
      "a range that is none",
      "[{ ...plugins[0], options: { cutoff: { range: {} } } }]",
      /"MedianBox": the declaration of its option "cutoff"/,
    ],
  ])("refuses %s by a message that names the module and the plugin", (_, list, message) => {
    const sound = JSON.stringify(pathToFileURL(join(example, "dist", "index.js")).href);
    writeFileSync(
      join(folder, "broken.mjs"),
      `import { plugins as sound } from ${sound};\nexport const plugins = ${list.replaceAll("plugins[0]", "sound[0]")};\n`,
    );

    const predict = (): string => node(program, "predict", "model.json", "data.csv", "--plugin", "./broken.mjs");

    expect(predict).toThrow(/error\[plugin\]: plugin ".\/broken.mjs"/);
    expect(predict).toThrow(message);
  });
});
