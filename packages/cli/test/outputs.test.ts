// What becomes of files that commands write (#16).
import {
  chmodSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { basename } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { prepareOutputs, writeWhole } from "../src/files/write.ts";
import { mixtura, temporaryFolder } from "./mixtura.ts";

const folder = temporaryFolder();
const { signal } = new AbortController();
const data = "a,b\n1,2\n2,4\n4,3\n7,1\n3,3\n";
beforeAll(() => writeFileSync(folder.path("data.csv"), data));
afterAll(folder.remove);

const here = { cwd: folder.path(".") };
const posix = process.platform !== "win32";

describe("two outputs in one file", () => {
  beforeEach(() => writeFileSync(folder.path("x"), "old"));

  it.each<[args: string[], flags: string]>([
    [["detect", "data.csv", "--output", "x", "--report", "x", "--save", "x"], "--output and --save"],
    [["detect", "data.csv", "--save", "x", "--report", "x"], "--save and --report"],
    [["fit", "data.csv", "--output", "x", "--report", "./x"], "--output and --report"],
    [["fit", "data.csv", "--output", "new", "--report", "../$/new"], "--output and --report"],
    [["select", "data.csv", "--table", "new/deep", "--state", "new/../new/deep"], "--table and --state"],
  ])("is refused before any work, however it is spelled: %j", async (args, flags) => {
    const { code, stdout, stderr } = await mixtura(
      args.map((arg) => arg.replace("$", basename(here.cwd))),
      here,
    );

    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(new RegExp(`^error\\[usage\\]: ${flags} name one file, .*Choose two\\.\\n$`));
    expect(readFileSync(folder.path("x"), "utf8")).toBe("old");
  });

  it.skipIf(!posix)("is refused through links of either kind, also where the file is not there yet", async () => {
    const path = (name: string): string => folder.path(name);
    mkdirSync(path("real"));
    symlinkSync("x", path("symbolic"));
    linkSync(path("x"), path("hard"));
    symlinkSync("real", path("alias"));
    symlinkSync("real/none", path("dangling"));
    const pairs = [
      ["x", "symbolic"],
      ["x", "hard"],
      ["real/none", "alias/none"],
      ["real/none", "dangling"],
      ["alias/more/none", "real/more/none"],
    ];

    for (const [one, other] of pairs)
      await expect(prepareOutputs({ "--output": path(one!), "--report": path(other!) })).rejects.toMatchObject({ code: "usage" });
    await expect(
      prepareOutputs({ "--output": path("real/x"), "--report": path("x"), "--save": "/dev/null", "--table": "/dev/null" }),
    ).resolves.toBe(undefined);
  });

  it.skipIf(!posix)("is no input either, by any of its names", async () => {
    linkSync(folder.path("data.csv"), folder.path("other.csv"));
    symlinkSync("data.csv", folder.path("link.csv"));

    for (const name of ["data.csv", "./data.csv", "other.csv", "link.csv"])
      expect(await mixtura(["fit", "data.csv", "--n-components", "1", "--output", name], here)).toMatchObject({
        code: 1,
        stderr: `error[write-error]: ${name}: this file is the input data.csv. Choose another output.\n`,
      });
    expect(readFileSync(folder.path("data.csv"), "utf8")).toBe(data);
  });
});

describe.skipIf(!posix)("a file while it is written", () => {
  /** Pieces, with a look at what lies in a folder between them. */
  function* watched(look: () => void): Generator<string> {
    yield "new ";
    look();
    yield "text";
  }

  it.each([0o600, 0o640, 0o666, 0o755, 0o400])("has the permissions of the one it replaces from the first moment on: %o", async (mode) => {
    const own = temporaryFolder();
    const target = own.path("private");
    writeFileSync(target, "old");
    chmodSync(target, mode);
    const modes: number[] = [];

    await writeWhole(
      target,
      watched(() => modes.push(...readdirSync(own.path(".")).map((name) => statSync(own.path(name)).mode & 0o7777))),
      signal,
    );

    expect(modes).toEqual([mode, mode]);
    expect({ mode: statSync(target).mode & 0o7777, text: readFileSync(target, "utf8") }).toEqual({ mode, text: "new text" });
    own.remove();
  });

  it("is the old one until it is complete, and the old one after a failure", async () => {
    const own = temporaryFolder();
    const target = own.path("file");
    writeFileSync(target, "old");
    const failing = watched(() => {
      expect(readFileSync(target, "utf8")).toBe("old");
      throw new Error("enough");
    });

    await expect(writeWhole(target, failing, signal)).rejects.toThrow("enough");

    expect(readdirSync(own.path("."))).toEqual(["file"]);
    expect(readFileSync(target, "utf8")).toBe("old");
    own.remove();
  });

  it("is made where a link points to nothing yet, and the link stays one", async () => {
    const own = temporaryFolder();
    symlinkSync("real", own.path("link"));

    await writeWhole(own.path("link"), ["text"], signal);

    expect(readFileSync(own.path("real"), "utf8")).toBe("text");
    expect(lstatSync(own.path("link")).isSymbolicLink()).toBe(true);
    own.remove();
  });

  it("is given up as soon as the work is aborted, though a piece never comes", async () => {
    const own = temporaryFolder();
    const controller = new AbortController();
    async function* stalled(): AsyncGenerator<string> {
      yield "begun";
      controller.abort();
      controller.signal.throwIfAborted();
    }

    await expect(writeWhole(own.path("file"), stalled(), controller.signal)).rejects.toMatchObject({ name: "AbortError" });

    expect(existsSync(own.path("file"))).toBe(false);
    expect(readdirSync(own.path("."))).toEqual([]);
    own.remove();
  });
});
