// What becomes of public tables as they are at the first command: refused, or read; row numbers as features; one group beside two-valued columns; more
// parameters than rows. Usage: node bench/tables/main.ts [--read-only] [--folder <folder>] [--first <count>]
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { parseArgs } from "node:util";
import { publicTables } from "./fetch.ts";
import type { Outcome } from "./select.ts";
import { readOnly, select } from "./select.ts";

const { values } = parseArgs({
  options: {
    "read-only": { type: "boolean", default: false },
    folder: { type: "string" },
    first: { type: "string" },
    every: { type: "string" },
  },
});
const folder = values.folder ?? mkdtempSync(join(tmpdir(), "tables-"));
const every = Number(values.every ?? 1);
const tables = publicTables(folder)
  .filter((_, index) => index % every === 0)
  .slice(0, values.first === undefined ? undefined : Number(values.first));

const outcomes: Outcome[] = [];
for (const path of tables) {
  const outcome = values["read-only"] ? await readOnly(path) : await select(path, folder);
  outcomes.push(outcome);
  if (outcome.refusal !== undefined) console.log(`${relative(folder, path)}: ${outcome.refusal.replace(path, "").slice(0, 300)}`);
}

const count = (is: (outcome: Outcome) => boolean | undefined): number => outcomes.filter((outcome) => is(outcome) === true).length;
const refused = count(({ refusal }) => refusal !== undefined);
const answered = outcomes.flatMap(({ commands }) => commands ?? []);
console.log(`\ntables                              ${outcomes.length}`);
console.log(`refused at the first command        ${refused} (${((100 * refused) / outcomes.length).toFixed(1)} %)`);
console.log(`never read                          ${count(({ commands }) => commands === undefined)}`);
console.log(`commands needed, on average         ${(answered.reduce((sum, value) => sum + value, 0) / answered.length).toFixed(2)}`);
console.log(
  `row numbers as features             ${count(({ countsRows }) => countsRows)}${values["read-only"] ? " as read; the commands leave them out" : ""}`,
);
if (!values["read-only"]) {
  console.log(`one component, a two-valued column  ${count(({ flagAndOneGroup }) => flagAndOneGroup)}`);
  console.log(`parameters >= rows without a word   ${count(({ tooMany }) => tooMany)}`);
  console.log(`not finished                        ${count(({ timedOut }) => timedOut)}`);
}
