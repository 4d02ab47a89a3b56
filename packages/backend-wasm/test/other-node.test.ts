import { execFile, execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { BACKEND_LAWS } from "@mixtura/testing/internal";
import { expect, it } from "vitest";
import golden from "./golden.json" with { type: "json" };

const run = promisify(execFile);

/** How the laws went under one setting. */
export interface LawReport {
  readonly engine: string;
  readonly held: number;
  readonly broken: readonly string[];
}

interface Report {
  readonly version: string;
  readonly laws: Readonly<Record<string, LawReport>>;
  readonly bits: Readonly<Record<string, string>>;
}

const majorOf = (version: string) => Number(/^v(\d+)/.exec(version)?.[1]);

/** The first Node on the PATH of another major version than this one that the package supports. */
function otherNode(): string | undefined {
  const folders = [...(process.env["PATH"] ?? "").split(delimiter), "/usr/local/bin", "/usr/bin"];
  return folders
    .map((folder) => join(folder, "node"))
    .find((path) => {
      if (!existsSync(path)) return false;
      const major = majorOf(execFileSync(path, ["--version"], { encoding: "utf8" }));
      return major >= 20 && major !== majorOf(process.version);
    });
}

const node = otherNode();

it.skipIf(node === undefined)(
  node === undefined
    ? `another Node keeps the laws, with the same bits (skipped: no other Node than ${process.version} on the PATH)`
    : `${node} keeps the laws, with the same bits`,
  // Two runs of all laws on a busy machine.
  async () => {
    const { stdout } = await run(node!, [join(import.meta.dirname, "other-node.mjs")]);
    const { version, laws, bits } = JSON.parse(stdout) as Report;

    const due = BACKEND_LAWS.filter(({ needs }) => !needs.includes("handles") && !needs.includes("float32")).length;
    // Relaxed SIMD came with V8 11.4; Node 20 has 11.3.
    const engines = { plain: "plain", "what the engine takes": majorOf(version) < 21 ? "plain" : "relaxed" };
    expect(laws).toEqual(
      Object.fromEntries(Object.entries(engines).map(([setting, engine]) => [setting, { engine, held: due, broken: [] }])),
    );
    expect(bits).toEqual(golden);
  },
);
