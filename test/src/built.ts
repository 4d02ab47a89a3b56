import { existsSync } from "node:fs";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "..", "..");

/** Something that a command makes of the sources, and that tests look at. */
export interface Product {
  /** The file that the command writes last, or any other of its own, from the root of the workspace. */
  readonly file: string;
  readonly command: string;
}

export const playgroundSite: Product = { file: join("apps", "playground", "dist", "index.html"), command: "npm run site" };
export const docSite: Product = { file: join("apps", "docs", "dist", "index.html"), command: "npm run site" };
export const commandLine: Product = { file: join("packages", "cli", "dist", "main.js"), command: "pnpm build" };

/**
 * Whether a product is there. Where not, its tests are skipped under a title that says so; on a server for continuous integration, where every
 * step is written down, a missing one is an error.
 *
 * @throws Error with the command to run, when the product is missing and the variable CI is set
 */
export function isBuilt({ file, command }: Product): boolean {
  if (existsSync(join(root, file))) return true;
  if (process.env["CI"]) throw new Error(`${file} is not there: run \`${command}\` first.`);
  return false;
}

/** What a group of tests of a product is called. */
export function whenBuilt(title: string, product: Product): string {
  return isBuilt(product) ? title : `${title} (skipped: ${product.file} is not there, \`${product.command}\` makes it)`;
}
