// What a package lets others import, as its package.json says.
import { readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * @typedef {object} Entry
 * @property {string} path as in `exports`: ".", "./score"
 * @property {string} name as a file's name: "index", "score"
 * @property {string} specifier what an import says: "@mixtura/mixture/score"
 * @property {string} types absolute path of its declarations
 * @property {string} module absolute path of its code
 */

/**
 * The entries of the package in a folder, in the order of `exports`.
 *
 * @param {string} folder
 * @returns {Entry[]}
 */
function entriesOf(folder) {
  const { name, exports } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  return Object.entries(/** @type {Record<string, string | { types: string, default: string }>} */ (exports)).flatMap(([path, target]) =>
    typeof target === "string"
      ? []
      : [
          {
            path,
            name: path === "." ? "index" : path.slice(2).replaceAll("/", "-"),
            specifier: `${name}${path.slice(1)}`,
            types: join(folder, target.types),
            module: join(folder, target.default),
          },
        ],
  );
}

/** Whether an entry is for our own packages only and promises nothing: `./internal` or one below it. @param {string} path as in `exports` */
const isInternal = (path) => /^\.\/internal(\/|$)/.test(path);

/**
 * The entries that users import.
 *
 * @param {string} folder
 */
export const publicEntriesOf = (folder) => entriesOf(folder).filter(({ path }) => !isInternal(path));
