import { describe, expect, it } from "vitest";
import { importsFor } from "../src/imports.ts";
import { packageOfPage, withExampleImports } from "../src/site/example-imports.ts";

const exports = new Map([
  ["@mixtura/core", new Set(["matrix", "toRows"])],
  ["@mixtura/core/internal", new Set(["secret", "matrix"])],
  ["@mixtura/plot", new Set(["plotMixture"])],
  ["@mixtura/plot/svg", new Set(["path"])],
  ["mixtura", new Set(["matrix", "toRows", "GaussianMixture"])],
]);
const of = (code: string, own?: string): string[] => importsFor(code, exports, own);

describe("the imports of an example", () => {
  it.each([
    ["matrix(1)", undefined, ['import { matrix } from "@mixtura/core";']],
    ["matrix(1)", "mixtura", ['import { matrix } from "mixtura";']],
    ["toRows(matrix(1))", "@mixtura/core", ['import { matrix, toRows } from "@mixtura/core";']],
    ["path()", "@mixtura/plot", ['import { path } from "@mixtura/plot/svg";']],
    ["const X: GaussianMixture = y;", undefined, ['import { GaussianMixture } from "mixtura";']],
    ["f({ matrix })", "@mixtura/core", ['import { matrix } from "@mixtura/core";']],
    ["secret()", "@mixtura/core", ['import { secret } from "@mixtura/core/internal";']],
  ])("name what is used: %s", (code, own, expected) => {
    expect(of(code, own)).toEqual(expected);
  });

  it.each([
    "const matrix = 1; matrix",
    "import { matrix } from 'elsewhere'; matrix",
    "rows.map((matrix) => matrix)",
    "const { matrix } = x; matrix",
    "const { matrix: m } = x; m",
    "x.matrix",
    "f({ matrix: 1 })",
    "class A { matrix() {} }",
    "function f<toRows>(x: toRows) {}",
    "'matrix' // matrix",
  ])("leave out what is not one of ours: %s", (code) => {
    expect(of(code)).toEqual([]);
  });

  it("are broken where they are wider than the column", () => {
    const names = Array.from({ length: 9 }, (_, i) => `longNameNumber${i}`);
    const lines = importsFor(names.join(";"), new Map([["p", new Set(names)]]), undefined);
    expect(lines).toEqual(["import {", ...names.map((name) => `  ${name},`), '} from "p";']);
  });
});

describe("a page of the reference", () => {
  const page = (body: string): string => `text\n\n\`\`\`ts run\n${body}\n\`\`\`\n\n\`\`\`ts\nfunction matrix();\n\`\`\`\n`;

  it("has the imports above its examples, not above its signatures", () => {
    expect(withExampleImports(page("matrix(1)"), exports, "@mixtura/core")).toBe(
      page('import { matrix } from "@mixtura/core";\n\nmatrix(1)'),
    );
  });

  it("puts them in one list with those that the example has", () => {
    const body = 'import { x } from "y";\n\nmatrix(x)';
    expect(withExampleImports(page(body), exports, "@mixtura/core")).toBe(page(`import { matrix } from "@mixtura/core";\n${body}`));
  });

  it("is left as it is where nothing is missing", () => {
    expect(withExampleImports(page("1 + 1"), exports, "@mixtura/core")).toBe(page("1 + 1"));
  });

  it("may not show what users cannot import", () => {
    expect(() => withExampleImports(page("secret()"), exports, "@mixtura/core")).toThrow("users cannot import");
  });

  it.each([
    ["api/core", "@mixtura/core"],
    ["api/backend-wasm/wasmBackend", "@mixtura/backend-wasm"],
    ["api/backend/matrix", "@mixtura/backend"],
    ["api/core-authoring/defineEstimator", "@mixtura/core"],
    ["api/mixtura", "mixtura"],
    ["api/corex", undefined],
    ["gallery", undefined],
  ])("%s belongs to %s", (path, name) => {
    expect(packageOfPage(path, ["core", "backend", "backend-wasm", "mixtura"])).toBe(name);
  });
});
