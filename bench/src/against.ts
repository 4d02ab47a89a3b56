// Two checkouts against each other: `node bench/src/against.ts ../before --pairs 20`. Both are built beforehand. Jobs alternate between two
// processes, the order of the two changes from pair to pair, and what counts is processor time, so that other work on the machine matters little.
import type { ChildProcess } from "node:child_process";
import { fork } from "node:child_process";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { jobs } from "./against/jobs.ts";

interface Answer {
  readonly seconds: number;
  readonly value: number;
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { pairs: { type: "string", default: "20" }, job: { type: "string", multiple: true, default: [] } },
});
const before = positionals[0];
if (before === undefined) throw new RangeError("Name the folder of the checkout to compare with: node bench/src/against.ts ../before");
const pairs = Number(values.pairs);
const names = Object.keys(jobs).filter((name) => values.job.length === 0 || values.job.some((part) => name.includes(part)));

const start = (root: string): Promise<ChildProcess> =>
  new Promise((settle, fail) => {
    const child = fork(join(import.meta.dirname, "against", "side.ts"), [resolve(root)]);
    child.once("message", () => settle(child));
    child.once("exit", (code) => fail(new Error(`${root} ended with ${code}`)));
  });

const ask = (child: ChildProcess, name: string): Promise<Answer> =>
  new Promise((settle) => {
    child.once("message", (answer) => settle(answer as Answer));
    child.send(name);
  });

/** Student's t for a two-sided 95 % interval, by degrees of freedom; the normal value beyond. */
const t95 = (freedom: number): number => 1.96 + 2.4 / freedom + 2.6 / freedom ** 2;

/** Geometric mean of ratios with its 95 % interval. */
function geometric(ratios: readonly number[]): { readonly mean: number; readonly low: number; readonly high: number } {
  const logs = ratios.map(Math.log);
  const mean = logs.reduce((sum, value) => sum + value, 0) / logs.length;
  const variance = logs.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, logs.length - 1);
  const half = t95(Math.max(1, logs.length - 1)) * Math.sqrt(variance / logs.length);
  return { mean: Math.exp(mean), low: Math.exp(mean - half), high: Math.exp(mean + half) };
}

const [old, own] = await Promise.all([start(before), start(join(import.meta.dirname, "..", ".."))]);
const ofPair: number[][] = [];
console.log("ratio of processor times, this checkout to the other: below 1 this one is faster\n");
for (const name of names) {
  await ask(old, name); // warm
  await ask(own, name);
  const ratios: number[] = [];
  let [first, last]: [Answer, Answer] = [await ask(old, name), await ask(own, name)];
  for (let pair = 0; pair < pairs; pair++) {
    if (pair % 2 === 0) [first, last] = [await ask(old, name), await ask(own, name)];
    else {
      last = await ask(own, name);
      first = await ask(old, name);
    }
    ratios.push(last.seconds / first.seconds);
    (ofPair[pair] ??= []).push(last.seconds / first.seconds);
  }
  const { mean, low, high } = geometric(ratios);
  const same =
    Math.abs(first.value - last.value) <= 1e-9 * Math.abs(first.value) ? "" : `  answers differ: ${first.value} and ${last.value}`;
  console.log(`${name.padEnd(34)} ${mean.toFixed(3)}  (${low.toFixed(3)} to ${high.toFixed(3)})  ${last.seconds.toFixed(3)} s${same}`);
}
const { mean, low, high } = geometric(ofPair.map((ratios) => geometric(ratios).mean));
console.log(`\n${"all, geometric mean".padEnd(34)} ${mean.toFixed(3)}  (${low.toFixed(3)} to ${high.toFixed(3)}), ${pairs} pairs`);
old.kill();
own.kill();
