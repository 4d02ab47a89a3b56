// Writes what the README shows of kept results: its comparison and its picture. Usage: node apps/docs/src/comparison/main.ts
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readFigures } from "./figures.ts";
import { freshReadme, PICTURE, readmePicture } from "./readme.ts";

const root = join(import.meta.dirname, "..", "..", "..", "..");
const readme = join(root, "README.md");
writeFileSync(readme, freshReadme(readFileSync(readme, "utf8"), readFigures(root)));
writeFileSync(join(root, PICTURE), `${await readmePicture()}\n`);
