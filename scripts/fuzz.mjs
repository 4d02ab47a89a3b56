// `npm run fuzz`: the fuzzers of test/fuzz with many more cases than in `npm test`, each round from another seed, which it prints first.
// `npm run fuzz -- --times 100 --seed 7 tables` tries 100 times as many cases of one kind from a known seed.
import { parseArgs } from "node:util";
import { execute } from "./workspace.mjs";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { times: { type: "string", default: "20" }, seed: { type: "string" } },
});
const seed = values.seed ?? String(Math.floor(Date.now() / 1000));
console.log(`seed ${seed}, ${values.times} times the cases of npm test`);
process.env["MIXTURA_FUZZ"] = values.times;
process.env["MIXTURA_FUZZ_SEED"] = seed;
const { ok } = await execute("vitest", ["run", "--project", "fuzz", ...positionals], { show: true });
process.exitCode = ok ? 0 : 1;
