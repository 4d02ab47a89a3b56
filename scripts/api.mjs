// `npm run api`: writes the API report of every package, from what was built.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { writeReports } from "./api-report.mjs";

for (const folder of readdirSync("packages")) {
  try {
    writeReports(join("packages", folder));
  } catch (error) {
    console.error(`✗ packages/${folder}: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  }
}
