// Named pipes, and signals while a command waits on one (#16). A process of its own: what is tested is how it ends.
import { execFileSync, spawn } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { constants } from "node:os";
import { commandLine, isBuilt, whenBuilt } from "@mixtura/fixtures/built";
import { GaussianMixture } from "@mixtura/mixture";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mixtura, mixturaProcess, root, temporaryFolder } from "./mixtura.ts";

const folder = temporaryFolder();
const here = { cwd: folder.path(".") };
afterAll(folder.remove);

const main = `${root}/packages/cli/dist/main.js`;
const rows = "a\n1\n2\n3\n4\n";

/** A new pipe; names tell formats. */
let pipes = 0;
function pipe(name = "pipe"): string {
  const made = `${pipes++}-${name}`;
  execFileSync("mkfifo", [folder.path(made)]);
  return made;
}

/** Writes to a pipe as soon as it is read, in a process of its own, which may wait. */
function write(to: string, text: string): void {
  spawn("sh", ["-c", 'cat > "$0"', folder.path(to)], { stdio: ["pipe", "ignore", "ignore"] }).stdin.end(text);
}

/** Starts a command, waits until it has nothing to do, and sends signals. */
function stuck(args: readonly string[], signals: readonly NodeJS.Signals[]): Promise<{ code: number; stderr: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [main, ...args], { cwd: here.cwd });
    let stderr = "";
    child.stderr.on("data", (text) => (stderr += text));
    setTimeout(() => {
      for (const signal of signals) child.kill(signal);
    }, 600); // where that is too early for a busy machine, the signal ends the process before it waits
    child.on("close", (code, signal) => resolve({ code: code ?? 128 + constants.signals[signal!], stderr }));
  });
}

beforeAll(() => {
  const model = GaussianMixture.fromParameters({
    weights: [0.5, 0.5],
    means: [[1], [4]],
    covariances: [[[1]], [[1]]],
    featureNames: ["a"],
  });
  writeFileSync(folder.path("model.json"), JSON.stringify(model));
  writeFileSync(folder.path("data.csv"), rows);
  writeFileSync(folder.path("old.csv"), "old");
});

describe.skipIf(process.platform === "win32" || !isBuilt(commandLine))(whenBuilt("a named pipe", commandLine), { concurrent: true }, () => {
  it.each<[command: string, input: string, expected: string]>([
    ["predict model.json FROM", rows, "label\n0\n0\n1\n1\n"],
    ["predict model.json FROM.json", `[{"a":1},{"a":4}]`, "label\n0\n1\n"],
    ["predict model.json FROM.ndjson", `{"a":1}\n{"a":4}\n`, "label\n0\n1\n"],
    ["predict model.json FROM --format ndjson", `{"a":1}\n{"a":4}\n`, "label\n0\n1\n"],
    ["score model.json FROM --each", rows, "log_density\n"],
    ["score model.json FROM", rows, "FROM: 4 rows"],
    ["fit FROM --n-components 1", rows, "FROM: 4 rows × 1 feature (a)"],
    ["fit FROM.json --n-components 1", `[{"a":1},{"a":4},{"a":5}]`, "FROM.json: 3 rows × 1 feature (a)"],
    ["select FROM --n-components 1", rows, "FROM: 4 rows × 1 feature"],
    ["detect FROM --contamination 0.3", rows, "FROM: 4 rows × 1 feature (a)"],
    ["detect --model model.json --log-density -9 FROM --each --json", `{"a":1}\n{"a":90}\n`, `{"a":1,"score":`],
    ["detect data.csv --train FROM --fpr 0.5", rows, "data.csv: 4 rows"],
  ])("is read where one pass is enough: %s", async (command, input, expected) => {
    const from = pipe(/FROM(\.\w+)?/.exec(command)![1]);
    write(from, input);

    const { stdout, stderr } = await mixtura(command.replace(/FROM(\.\w+)?/, from).split(" "), here);

    expect(stderr).toBe("");
    expect(stdout).toContain(expected.replace(/FROM(\.\w+)?/, from));
  });

  it("is a model, too", async () => {
    const from = pipe();
    write(from, readFileSync(folder.path("model.json"), "utf8"));

    const { code, stdout } = await mixtura(["predict", from, "data.csv"], here);

    expect({ code, stdout }).toEqual({ code: 0, stdout: "label\n0\n0\n1\n1\n" });
  });

  it("comes from a shell's process substitution", () => {
    const shell = `"${process.execPath}" "${main}" predict <(cat model.json) <(cat data.csv)`;

    expect(execFileSync("bash", ["-c", shell], { cwd: here.cwd, encoding: "utf8" })).toBe("label\n0\n0\n1\n1\n");
  });

  it("that is needed twice is refused with what to do", async () => {
    const from = pipe();
    write(from, readFileSync(folder.path("model.json"), "utf8"));

    const { code, stderr } = await mixtura(["predict", from, from], here);

    expect(code).toBe(1);
    expect(stderr).toBe(
      `error[not-supported]: ${from}: this is a pipe, which can be read only once, and here it is needed twice. Save what comes out of it to a file, and pass that.\n`,
    );
  });

  it("is refused like standard input is", async () => {
    const { code, stderr } = await mixtura(["detect", "-", "--train", "-", "--fpr", "0.5"], { ...here, input: rows });

    expect(code).toBe(1);
    expect(stderr).toMatch(/^error\[not-supported\]: standard input can be read only once, and here it is needed twice\./);
  });

  it("is written to once it has a reader, and stays a pipe", async () => {
    const to = pipe();
    const ended = mixturaProcess(["predict", "model.json", "data.csv", "--output", to], here);

    const read = execFileSync("cat", [folder.path(to)], { encoding: "utf8" });

    expect(read).toBe("label\n0\n0\n1\n1\n");
    expect(await ended).toMatchObject({ code: 0, stderr: "" });
  });

  const signals = [
    ["SIGTERM", 143],
    ["SIGINT", 130],
    ["SIGHUP", 129],
  ] as const;

  it.each(
    [
      "fit FROM",
      "fit FROM.json",
      "fit -",
      "select FROM",
      "report FROM",
      "detect FROM",
      "detect data.csv --train FROM",
      "detect --model model.json --log-density -9 FROM --each --json",
      "predict model.json FROM.json --output old.csv",
      "predict FROM data.csv --output old.csv",
      "predict model.json data.csv --output FROM",
      "score model.json FROM",
      "score model.json - --each --output old.csv",
      "describe FROM",
      "sample model.json --output FROM",
      "sample model.json -n 1000000000 --output old.csv",
      "fit data.csv --n-components 1 --output FROM",
      "condition FROM --given a=1",
      "probability FROM --lower a=1",
    ].map((command, at) => [command, ...signals[at % 3]!] as const),
  )("that nobody opens, and other waits, end with the first signal: %s by %s", async (command, signal, expected) => {
    const args = command.replace(/FROM(\.\w+)?/, (_, name: string | undefined) => pipe(name)).split(" ");

    const { code } = await stuck(args, [signal]);

    expect(code).toBe(expected);
    expect(readFileSync(folder.path("old.csv"), "utf8")).toBe("old");
    expect(readdirSync(folder.path(".")).filter((name) => name.endsWith(".part"))).toEqual([]);
  });

  it("and a second signal ends the process at once", async () => {
    expect((await stuck(["fit", pipe()], ["SIGINT", "SIGINT"])).code).toBe(130);
  });
});
