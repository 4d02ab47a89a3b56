// Every command that workflows and pages tell people to run is there: `npm run NAME` is a script of the root, `node PATH` a file.
import { existsSync, globSync, readFileSync } from "node:fs";

const { scripts } = JSON.parse(readFileSync("package.json", "utf8"));
const files = globSync(["*.md", ".github/**/*.{yml,md}", "docs/**/*.md", "packages/*/README.md", "examples/*/README.md", "bench/*.md"]);

/** @type {string[]} */
const problems = [];
let commands = 0;
for (const file of files) {
  const text = readFileSync(file, "utf8");
  for (const [, name = ""] of text.matchAll(/\bnpm run ([a-z][\w:-]*)/g)) {
    commands += 1;
    if (scripts[name] === undefined) problems.push(`${file} says \`npm run ${name}\`, which the root's package.json does not have.`);
  }
  for (const [, path = ""] of text.matchAll(/\bnode ((?:scripts|apps|bench|packages|examples)\/[\w./-]+\.(?:mjs|ts))/g)) {
    commands += 1;
    if (!existsSync(path)) problems.push(`${file} says \`node ${path}\`, which is not there.`);
  }
}

for (const problem of problems) console.error(`✗ ${problem}`);
if (problems.length > 0) process.exitCode = 1;
else console.log(`${commands} commands in ${files.length} files, all of them there`);
