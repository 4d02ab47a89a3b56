import { basename, relative, sep } from "node:path";

/** How the user calls this program: by its name where it is installed, by its file in a clone. */
export function commandName(script: string, folder: string): string {
  const inClone = basename(script) === "main.js" && !script.includes(`${sep}node_modules${sep}`);
  return inClone ? `node ${relative(folder, script)}` : "mixtura";
}
