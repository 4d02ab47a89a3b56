import { EventEmitter } from "node:events";
import { Writable } from "node:stream";
import { run } from "@mixtura/cli";
import type { Host } from "@mixtura/cli";
import type { AnyEstimatorPlugin } from "@mixtura/core";
import { checkOptions } from "@mixtura/core/authoring";
import type { Subject } from "@mixtura/playground/export";
import { commandLine, scikitLearn, typeScript } from "@mixtura/playground/export";
import fc from "fast-check";
import { plugins } from "mixtura";
import { describe, expect, it } from "vitest";
import { forced, visited } from "../src/addresses.ts";
import { trials } from "../src/effort.ts";
import type { Command, ParsedPython } from "../src/parsed-code.ts";
import { hasBash, hasPython, parsePython, parseTypeScript, splitByShell } from "../src/parsed-code.ts";

const pluginOf = ({ state }: Subject): AnyEstimatorPlugin => plugins.find(({ type }) => type === state.model.type)!;

/** The options that the declarations let through, each held against its own, and the seed. */
function checked({ state: { model }, seed }: Subject): Record<string, unknown> {
  const plugin = plugins.find(({ type }) => type === model.type)!;
  const seeded = "randomState" in plugin.options && seed !== undefined ? { randomState: seed, ...model.options } : model.options;
  return Object.fromEntries(
    Object.entries(seeded).filter(([name, value]) => {
      try {
        checkOptions(plugin.type, plugin.options, { [name]: value });
        return true;
      } catch {
        return false;
      }
    }),
  );
}

/** The file that holds the rows: the reader's own, or what the page writes. */
function fileOf({ state: { data } }: Subject): string {
  return data.kind === "file" ? data.name : "rows.csv";
}

/** As JSON and back: −0 is 0 there, and so it is in what is written. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value)) as unknown;

/** Subjects of addresses, and of states that no address leads to. */
const subjects: fc.Arbitrary<Subject> = fc.oneof(visited, forced);

/** A tame subject whose code does the same. */
function tame(subject: Subject, isGiven: boolean): Subject {
  const { state, names } = subject;
  const options = !isGiven ? {} : "randomState" in pluginOf(subject).options ? { randomState: 1 } : tameOption(pluginOf(subject));
  const { features, ...others } = state;
  return {
    state: {
      ...others,
      features: features === undefined ? undefined : ["a"],
      data: { kind: "file", name: "a.csv" },
      model: { type: state.model.type, options },
    },
    seed: undefined,
    names: names.length === 0 ? [] : ["a"],
  };
}

/** An option that has a default, set to it. */
function tameOption({ options }: AnyEstimatorPlugin): Record<string, unknown> {
  const [name, { default: usual }] = Object.entries(options).find(([, declaration]) => declaration.default !== undefined)!;
  return { [name]: usual };
}

describe("code for whatever an address says is one call with the options as literals", () => {
  it("an address leaves no option in the state that the declarations refuse", () => {
    fc.assert(
      fc.property(visited, (subject) => {
        const { type, options } = pluginOf(subject);
        expect(() => checkOptions(type, options, subject.state.model.options)).not.toThrow();
      }),
      trials(300),
    );
  });

  it("TypeScript, by its compiler", () => {
    fc.assert(
      fc.property(subjects, (subject) => {
        const options = checked(subject);
        const isGiven = Object.keys(options).length > 0;
        const { shape, made, read } = parseTypeScript(typeScript(subject));

        expect(made).toEqual([{ type: subject.state.model.type, given: isGiven ? plain(options) : undefined }]);
        const columns = subject.state.features ?? (subject.names.length > 0 ? subject.names : undefined);
        expect(read).toEqual([fileOf(subject), ...(columns === undefined ? [] : [{ columns }])]);
        expect(shape).toBe(parseTypeScript(typeScript(tame(subject, isGiven))).shape);
      }),
      trials(200),
    );
  });

  it.skipIf(!hasPython)(hasPython ? "Python, by its ast" : "Python, by its ast (skipped: no python3)", () => {
    const { numRuns, seed } = trials(300);
    const all = fc.sample(subjects, { numRuns, seed });
    const parsed = parsePython([...all, ...all.map((subject) => tame(subject, true))].map(scikitLearn));
    let twins = 0;
    for (const [index, subject] of all.entries()) {
      const [found, usual] = [parsed[index]!, parsed[all.length + index] as ParsedPython];
      if (typeof found === "string") throw new Error(`${found} in\n${scikitLearn(subject)}`);
      expect(found.shape).toBe(usual.shape);
      if (found.made === undefined) continue;
      twins++;
      expect(found.file).toBe(fileOf(subject));
      expect(found.columns).toEqual(subject.names.length === 0 ? undefined : subject.names);
      holdsAgainst(found, checked(subject));
    }
    expect(twins).toBeGreaterThan(numRuns / 3);
  });

  it.skipIf(!hasBash)(hasBash ? "a command line, by bash" : "a command line, by bash (skipped: no /bin/bash)", async () => {
    const { numRuns, seed } = trials(300);
    const all = fc.sample(subjects, { numRuns, seed });
    const texts = all.map(commandLine);
    // What is pasted into a terminal is acted upon by it: no control character but the end of a line, which no comment holds.
    for (const text of texts) expect(text).not.toMatch(/[^\n\P{C}]|[\u2028\u2029]/u);
    const commands = splitByShell(texts);
    expect(commands).toHaveLength(all.length);
    for (const [index, subject] of all.entries()) await holdsFor(subject, commands[index]!, texts[index]!);
  });
});

/** Every option that was given is a literal of the call or has a comment that says why not, and nothing else is given but defaults. */
function holdsAgainst({ given, comments }: ParsedPython, options: Record<string, unknown>): void {
  const { threshold, ...others } = options;
  const rule = threshold as Record<string, unknown> | undefined;
  const due = { ...others, ...(rule === undefined || "contamination" in rule ? rule : { threshold }) };
  const left = { ...given };
  for (const [name, value] of Object.entries(due)) {
    const snake = name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    if (!(snake in given)) expect(comments.some((comment) => comment.startsWith(`# ${snake}: `))).toBe(true);
    else expect(given[snake]).toEqual(plain(value));
    delete left[snake];
  }
  expect({ tol: 1e-5, max_iter: 1000 }).toMatchObject(left);
}

/** Flags that a command has, by its own help. */
const helps = new Map<string, Promise<ReadonlySet<string>>>();
function flagsOf(...args: readonly string[]): Promise<ReadonlySet<string>> {
  const key = args.join(" ");
  if (!helps.has(key)) helps.set(key, help(args));
  return helps.get(key)!;
}

async function help(args: readonly string[]): Promise<ReadonlySet<string>> {
  let text = "";
  const stdout = new Writable({ write: (chunk, _, done) => ((text += String(chunk)), done()) });
  const host = Object.assign(new EventEmitter(), {
    stdin: process.stdin,
    stdout,
    stderr: stdout,
    env: {},
    cwd: () => "/",
    exit: () => undefined,
  });
  await run([...args, "--help"], host as unknown as Host);
  return new Set([...text.matchAll(/^ +(?:-\w, |--[\w-]+, )?(--[\w-]+)/gm)].map(([, flag]) => flag!));
}

/** The commands for a subject: one that fits, with the options as words of its flags, and what uses its model. */
async function holdsFor(subject: Subject, commands: readonly Command[], text: string): Promise<void> {
  const { type, options: declared, capabilities } = pluginOf(subject);
  const fits = capabilities.includes("mixture");
  const detects = capabilities.includes("outlier");
  const path = fileOf(subject).replace(/^-/, "./-");
  const predict = [
    "mixtura",
    "predict",
    ...(fits ? ["--with", "labels,log-density"] : []),
    "--output",
    "labelled.csv",
    "--",
    "model.json",
    path,
  ];
  if (!fits && !detects) {
    expect(commands).toEqual([predict]);
    return;
  }
  const [[, name, ...words] = [], ...more] = commands;
  expect(more).toEqual(fits ? [predict] : []);
  expect(name).toBe(fits ? "fit" : "detect");
  expect(words.slice(-2)).toEqual(["--", path]);

  const given = new Map<string, string>();
  for (let at = 0; at < words.length - 2; at++) {
    const [, flag, , joined] = /^(--[\w-]+)(=(.*))?$/s.exec(words[at]!) ?? [];
    if (flag === undefined) throw new Error(`${JSON.stringify(words[at])} is no flag in\n${text}`);
    expect(given.has(flag)).toBe(false);
    given.set(flag, joined ?? (BARE.has(flag) ? "" : words[++at]!));
  }
  const known = await flagsOf(...(fits ? ["fit"] : ["detect", "--estimator", given.get("--estimator") ?? type]));
  for (const flag of given.keys()) expect([flag, known.has(flag)]).toEqual([flag, true]);

  const isWritable = subject.names.every((column) => !/[\0\p{Cs}]/u.test(column));
  expect(given.has("--columns")).toBe(subject.names.length > 0 && isWritable);
  if (given.has("--columns")) expect(listed(given.get("--columns")!)).toEqual(subject.names);
  const { novelty, threshold, rule, nInit, ...unnamed } = checked(subject);
  // A budget of starts is what the command takes by itself.
  const others = { ...unnamed, ...(nInit === undefined || nInit === "auto" ? {} : { nInit }) };
  expect(given.has("--novelty")).toBe(novelty === true);
  // A command that fits takes more starts than an estimator by itself, unless it is asked not to.
  const usual = declared["nInit"]?.default;
  const starts = { ...(usual === undefined || usual === "auto" ? {} : { nInit: usual }), splitStart: false };
  const due = {
    ...(fits ? { nComponents: 1, covarianceType: "full", ...starts } : {}),
    ...others,
    ...(threshold as object),
    ...(rule as object),
  };
  for (const [option, value] of Object.entries(due)) {
    const flag = `--${option.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    const word = given.get(flag);
    given.delete(flag);
    if (declared[option]?.range.choices?.length === 1) expect(word).toBeUndefined();
    else if (declared[option]?.flag === false)
      expect([word, text.includes(`\n# ${option}: left out`) || text.startsWith(`# ${option}: left out`)]).toEqual([undefined, true]);
    else expect(valueOf(word!, value)).toEqual(plain(value));
  }
  for (const flag of ["--columns", "--estimator", "--clean", "--novelty", "--output", "--report", "--save"]) given.delete(flag);
  expect([...given]).toEqual([]);
}

const BARE = new Set(["--clean", "--novelty"]);

/** A flag's word as a value like the one that is due. */
function valueOf(word: string, like: unknown): unknown {
  if (typeof like === "number") return Number(word);
  if (typeof like === "boolean") return word === "true";
  if (Array.isArray(like)) return word === "" ? [] : word.split(",").map((part, at) => valueOf(part, like[at]));
  if (typeof like !== "object" || like === null) return word;
  const [[field, inner] = ["", undefined]] = Object.entries(like);
  return { [field]: valueOf(word.slice(field.length + 1), inner) };
}

/** A list of names, some in double quotes. */
function listed(text: string): string[] {
  return [...text.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
    ([, quoted, bare]) => quoted?.replaceAll('""', '"') ?? bare!.trim(),
  );
}
