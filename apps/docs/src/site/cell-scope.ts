import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";

/** Entries that pages do without: they need Node, or a runner of tests, or only our packages share them. */
export const ELSEWHERE = /^@mixtura\/(?:cli|testing)\b|\/node$|\/internal(?:\/|$)/;

/**
 * The module that live cells find all packages in: each under the name that it is imported by.
 *
 * @param from the folder that the module will stand in
 */
export function cellScope(root: string, from: string): string {
  const entries = readdirSync(join(root, "packages")).flatMap((folder) => {
    const { name, exports } = JSON.parse(readFileSync(join(root, "packages", folder, "package.json"), "utf8")) as {
      name: string;
      exports: Readonly<Record<string, string | { default?: string }>>;
    };
    return Object.entries(exports).flatMap(([path, target]) => {
      const file = typeof target === "string" ? undefined : target.default;
      const full = `${name}${path.slice(1)}`;
      return file === undefined || !file.endsWith(".js") || ELSEWHERE.test(full)
        ? []
        : [{ full, file: relative(from, join(root, "packages", folder, file)).replaceAll("\\", "/") }];
    });
  });
  return [
    "// Made by the build of the site.",
    ...entries.map(({ file }, index) => `import * as p${index} from ${JSON.stringify(file)};`),
    `import { startScope } from ${JSON.stringify(relative(from, join(root, "apps/docs/src/site/start-scope.ts")).replaceAll("\\", "/"))};`,
    `startScope({ ${entries.map(({ full }, index) => `${JSON.stringify(full)}: p${index}`).join(", ")} });`,
    "",
  ].join("\n");
}
