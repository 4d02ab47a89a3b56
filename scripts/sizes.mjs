// `npm run sizes`: measures every package as it was built and writes its size.json; `-- --raise` raises limits that are exceeded.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { writeSizes } from "./size.mjs";

const raise = process.argv.includes("--raise");

for (const folder of readdirSync("packages")) {
  try {
    const { entries, scenarios = {} } = await writeSizes(join("packages", folder), { raise });
    const split = Object.entries(scenarios).map(([title, scenario]) => [`${title}, split`, scenario.split]);
    for (const [title, { measured, limit }] of Object.entries({ ...entries, ...scenarios, ...Object.fromEntries(split) })) {
      console.log(
        `${measured > limit ? "✗" : "✓"} ${folder.padEnd(18)} ${title.padEnd(40)} ${String(measured).padStart(6)} of ${limit} bytes`,
      );
      if (measured > limit) process.exitCode = 1;
    }
  } catch (error) {
    console.error(`✗ packages/${folder}: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  }
}
