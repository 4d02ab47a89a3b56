import { copyFileSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { mixtura, root } from "./mixtura.ts";

const folder = mkdtempSync(join(tmpdir(), "mixtura-dashes-"));
const name = "--plugin=x.mjs";

beforeAll(() => {
  copyFileSync(join(root, "test", "data", "faithful.csv"), join(folder, name));
  writeFileSync(join(folder, "x.mjs"), `import { writeFileSync } from "node:fs"; writeFileSync("loaded", ""); export const plugins = [];`);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it.each(["fit --n-components 2", "detect", "report --n-components 2 --output page.html"])(
  "what follows -- is a file, though it is called like a flag: %s (#16)",
  async (command) => {
    const { stdout, stderr } = await mixtura([...command.split(" "), "--", name], { cwd: folder });

    expect(stderr).not.toMatch(/error/);
    expect(stdout).toMatch(/272 rows/);
    expect(existsSync(join(folder, "loaded"))).toBe(false);
  },
);
