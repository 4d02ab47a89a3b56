import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import * as mixtura from "../src/index.ts";

const root = join(import.meta.dirname, "..", "..", "..");

/** Where tools stand that must take any model by what it can do. A model that reads its own JSON checks its own type by `reader.string("type")`. */
const TOOLS = ["packages/{model-selection,outliers,report,cli,plot}/src/**/*.ts", "apps/{playground,docs}/src/**/*.{ts,vue}"];

const types = mixtura.plugins.map(({ type }) => type).join("|");

/** What tells models apart by name or by class. */
const TESTS_OF_NAMES = [
  new RegExp(`[!=]==\\s*"(?:${types})"`),
  new RegExp(`"(?:${types})"\\s*[!=]==`),
  new RegExp(`case "(?:${types})"`),
  /\binstanceof Fitted\w+/,
  /(?:\.|\b)type\s*[!=]==\s*[A-Z][A-Z_]{2,}\b/,
  /\.type\.(?:startsWith|endsWith|includes|match|search)\(/,
];

/** Lines of code, without comments, that one of the patterns meets. */
function offences(code: string): string[] {
  const lines = code.split("\n").filter((line) => !/^\s*(?:\/\/|\*|\/\*)/.test(line));
  return lines.filter((line) => TESTS_OF_NAMES.some((pattern) => pattern.test(line)));
}

describe("tools", () => {
  it("take models by what they can do, not by the name of their type or their class", () => {
    const files = globSync(TOOLS, { cwd: root });
    const found = files.flatMap((file) => offences(readFileSync(join(root, file), "utf8")).map((line) => `${file}: ${line.trim()}`));

    expect(files.length).toBeGreaterThan(200);
    expect(found).toEqual([]);
  });

  it.each([
    'if (model.type === "GaussianMixture") return;',
    'const rest = "KMeans" !== model.type;',
    'case "ECOD":',
    "if (model instanceof FittedGaussianMixture) return;",
    "if (heads.type === MIXTURE_DETECTOR) return;",
    'return json.type.endsWith("Mixture");',
  ])("would find %s", (line) => {
    expect(offences(line)).toEqual([line]);
  });
});
