// The program as it was built, in a process of its own; what it says is tested in this process, from the sources.
import { existsSync, readFileSync } from "node:fs";
import module from "node:module";
import { commandLine, isBuilt, whenBuilt } from "@mixtura/fixtures/built";
import { describe, expect, it } from "vitest";
import { mixturaProcess, temporaryFolder } from "./mixtura.ts";

const fit = ["fit", "--n-components", "1", "--covariance-type", "full"];

describe.skipIf(!isBuilt(commandLine))(whenBuilt("the process", commandLine), { concurrent: true }, () => {
  it("ends with code 0 and nothing on standard error, having read standard input", async () => {
    const { code, stdout, stderr } = await mixturaProcess(fit, { input: "a,b\n1,2\n2,4\n4,3\n7,1\n" });

    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain("standard input: 4 rows × 2 features (a, b)");
  });

  it("ends with code 1 and one line when the data are no good", async () => {
    const { code, stdout, stderr } = await mixturaProcess(fit, { input: "a,b\n1,x\n2,3\n" });

    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toMatch(/^error\[not-finite\]: .*\n$/);
  });

  it("ends with code 2 when the command line is no good", async () => {
    const { code, stdout, stderr } = await mixturaProcess(["ftt"]);

    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain("Did you mean fit?");
  });

  it("ends with code 3 when it looked for something and found it", async () => {
    const data = readFileSync(new URL("../../../data/faithful.csv", import.meta.url), "utf8");
    const { code, stderr } = await mixturaProcess(["detect", "--random-state", "1", "--contamination", "0.02"], { input: data });

    expect({ code, stderr }).toEqual({ code: 3, stderr: "" });
  });

  it("keeps what it compiled in a folder of the caller, not in one that is shared (#16)", async () => {
    const home = temporaryFolder();
    await mixturaProcess(["--version"], { env: { HOME: home.path("."), XDG_CACHE_HOME: "", NODE_COMPILE_CACHE: "" } });

    expect(existsSync(home.path(".cache/mixtura"))).toBe(process.platform !== "win32" && "enableCompileCache" in module);
    home.remove();
  });

  it("says its version and its help with code 0", async () => {
    const [version, help] = await Promise.all([mixturaProcess(["--version"]), mixturaProcess(["--help"])]);

    expect(version).toMatchObject({ code: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) as string, stderr: "" });
    expect(help).toMatchObject({ code: 0, stdout: expect.stringContaining("Usage: mixtura") as string, stderr: "" });
  });
});
