// Characters that steer a terminal come from data and models of anybody, and never reach one (#16).
import { writeFileSync } from "node:fs";
import { EventEmitter } from "node:events";
import { GaussianMixture } from "@mixtura/mixture";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Host } from "../src/terminal.ts";
import { createTerminal } from "../src/terminal.ts";
import { bounded, visible, visibleLine } from "../src/visible.ts";
import { mixtura, temporaryFolder } from "./mixtura.ts";

const folder = temporaryFolder();
const here = { cwd: folder.path(".") };
afterAll(folder.remove);

/** Sets the title, clears the screen, turns the direction of writing, begins a sequence of C1. */
const EVIL = "\u001b]2title\u0007\u001b[2J\u202etxt\u009b31m\u007f\u0008";
// oxlint-disable-next-line no-control-regex -- they are what must not be there
const STEERING = new RegExp("[\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]");

beforeAll(() => {
  const rows = Array.from({ length: 30 }, (_, row) => `${row},${(row * 7) % 11},g${row % 2}${EVIL}`);
  writeFileSync(folder.path("evil.csv"), [`a${EVIL},b,label${EVIL}`, ...rows].join("\n"));
  const model = GaussianMixture.fromParameters({ weights: [1], means: [[0]], covariances: [[[1]]], featureNames: [`x${EVIL}`] });
  const { trace, ...json } = JSON.parse(JSON.stringify(model)) as Record<string, object>;
  writeFileSync(folder.path("evil.json"), JSON.stringify({ ...json, trace: { ...trace, backend: EVIL } }));
  writeFileSync(folder.path("type.json"), JSON.stringify({ format: "mixtura-model", version: 1, type: EVIL + "x".repeat(300_000) }));
});

describe("control and bidirectional characters", () => {
  it.each<[args: string[], code: number]>([
    [["fit", "evil.csv", "--drop", `label${EVIL}`, "--n-components", "1,2", "--seed", "1"], 0],
    [["fit", "evil.csv", "--columns", "b", "--label-column", `label${EVIL}`, "--n-components", "1", "--seed", "1"], 0],
    [["fit", "evil.csv", "--n-components", "1"], 0],
    [["fit", "evil.csv", "--columns", `label${EVIL}`, "--n-components", "1"], 1],
    [["select", "evil.csv", "--drop", `label${EVIL}`, "--n-components", "1,2"], 0],
    [["detect", "evil.csv", "--drop", `label${EVIL}`, "--contamination", "0.1"], 3],
    [["detect", "evil.csv", "--label-column", `label${EVIL}`, "--contamination", "0.1"], 2],
    [["describe", "evil.json"], 0],
    [["describe", "evil.json", "--markdown"], 0],
    [["describe", "evil.json", "--json"], 0],
    [["describe", "type.json"], 1],
    [["predict", "evil.json", "evil.csv"], 1],
    [["probability", "evil.json", "--lower", `x${EVIL}=1`], 0],
    [["score", "evil.json", `no${EVIL}.csv`], 1],
    [["fit", `no${EVIL}\nerror[fine].csv`], 1],
    [["fit", `--${EVIL}`], 2],
    [[EVIL], 2],
  ])("are written out in summaries and messages: %j", async (args, expected) => {
    const { code, stdout, stderr } = await mixtura(args, here);

    expect(code).toBe(expected);
    expect(stdout).not.toMatch(STEERING);
    expect(stderr).not.toMatch(STEERING);
    expect(
      stderr
        .trim()
        .split("\n")
        .filter((line) => !line.startsWith("note: ")).length,
    ).toBeLessThanOrEqual(1);
    expect(stderr.length).toBeLessThan(5000);
  });

  it("stay in rows that go to a file or a pipe, and in the meaning of JSON", async () => {
    const rows = await mixtura(["predict", "evil.json", "--keep", "note"], { ...here, input: `x${EVIL},note\n1,"${EVIL}"\n` });
    const card = await mixtura(["describe", "evil.json", "--json"], here);

    expect(rows).toMatchObject({ code: 0, stdout: expect.stringContaining(EVIL) as string });
    expect(JSON.stringify(JSON.parse(card.stdout))).toContain(JSON.stringify(`x${EVIL}`).slice(1, -1));
  });

  it("never reach a terminal, where emphasis of ours still does", async () => {
    const written: string[] = [];
    const stream = {
      isTTY: true,
      columns: 80,
      write: (text: string, done?: () => void) => {
        written.push(text);
        done?.();
      },
    };
    const host = Object.assign(new EventEmitter(), { stdin: {}, stdout: stream, stderr: stream, env: {} });
    const terminal = createTerminal(host as unknown as Host, new AbortController().signal);

    await terminal.print(`${terminal.bold(`Groups ${EVIL}`)}\n  \u001b[1mdata\n`);
    await terminal.write(`a\t1\r\n${EVIL}\r2\n`);
    terminal.note(`one\ntwo ${EVIL}`);
    terminal.progress(`${EVIL}: 3 rows`);

    const [summary, rows, note, progress] = written;
    expect(summary).toBe(`\u001b[1mGroups ${visible(EVIL)}\u001b[22m\n  \\u001b[1mdata\n`);
    expect(rows).toBe(`a\t1\r\n${visible(EVIL)}\\u000d2\n`);
    expect(note).toBe(`one\\u000atwo ${visible(EVIL)}\n`);
    expect(progress!.replace("\r\u001b[K", "")).not.toMatch(STEERING);
  });
});

describe("visible", () => {
  it("leaves no such character, and JSON as it means it", () => {
    for (let code = 0; code < 0x10000; code++) {
      const text = `a${String.fromCharCode(code)}b`;
      const shown = visible(text);

      if (STEERING.test(shown)) throw new Error(`U+${code.toString(16)} is left`);
      if (/[\r\n\t]/.test(visibleLine(text))) throw new Error(`U+${code.toString(16)} is left on a line`);
      if (JSON.parse(visible(JSON.stringify(text))) !== text) throw new Error(`U+${code.toString(16)} is another text in JSON`);
    }
  });

  it("leaves texts of any language alone", () => {
    const text = "Größe, 高さ, ارتفاع, גובה, 👩‍🔬\tµ±σ\r\n";

    expect(visible(text)).toBe(text);
  });
});

describe("bounded", () => {
  it("keeps the beginning and the end of a long message", () => {
    const text = `error: ${"x".repeat(1e6)} Pass --columns.`;

    expect(bounded(text)).toHaveLength(2000);
    expect(bounded(text)).toMatch(/^error: x+…x+ Pass --columns\.$/);
    expect(bounded("short")).toBe("short");
  });
});
