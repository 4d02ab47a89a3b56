import type { Node } from "acorn";
import { parse } from "acorn";
import { transform } from "sucrase";

interface Statement extends Node {
  readonly expression?: Node;
  readonly declarations?: readonly { readonly id: { readonly type: string; readonly name?: string } }[];
  readonly source?: { readonly value: string };
  readonly specifiers?: readonly {
    readonly type: string;
    readonly local: { readonly name: string };
    readonly imported?: { readonly name: string };
  }[];
}

/** Names that an example cannot have written by chance. */
const [SHOW, PACKAGES] = ["__show", "__packages"];

/**
 * An example as a module of its own, which reports what its statements gave. Types are taken out; imports take from what is in scope;
 * and every expression that stands by itself, and every constant that a comment says the value of, is shown.
 *
 * The module runs in a worker from its text, which a content policy without `unsafe-eval` allows.
 *
 * @param scope address of the module that holds all packages
 * @throws Error for code that does not parse
 */
export function moduleOf(code: string, scope: string): string {
  const plain = transform(code, { transforms: ["typescript"], disableESTransforms: true, preserveDynamicImport: true }).code;
  const program = parse(plain, {
    ecmaVersion: "latest",
    sourceType: "module",
    locations: true,
    allowAwaitOutsideFunction: true,
  }) as unknown as { readonly body: readonly Statement[] };
  const parts = program.body.map((statement) => {
    const text = plain.slice(statement.start, statement.end);
    const line = statement.loc!.end.line;
    if (statement.type === "ImportDeclaration") return imports(statement);
    if (statement.type === "ExpressionStatement") {
      const { start, end } = statement.expression!;
      const expression = plain.slice(start, end);
      const mustFail = /^\s*;?\s*\/\/ throws /.test(plain.slice(statement.end));
      return `await ${SHOW}(${line}, ${JSON.stringify(short(expression))}, async () => [(${expression})], ${mustFail});`;
    }
    const names = statement.declarations?.map(({ id }) => id.name) ?? [];
    const [only] = names;
    const said = /^\s*;?\s*\/\/ (?:=>|≈) /.test(plain.slice(statement.end));
    return said && names.length === 1 && only !== undefined
      ? `${text}\nawait ${SHOW}(${line}, ${JSON.stringify(only)}, async () => [${only}], false);`
      : text;
  });
  return [
    // It holds our packages.
    `import ${JSON.stringify(scope)};`,
    `const { packages: ${PACKAGES}, show: ${SHOW}, finish: __finish } = globalThis.mixturaScope;`,
    `try { await (async () => {\n${parts.join("\n")}\n})(); __finish(); } catch (error) { __finish(error); }`,
  ].join("\n");
}

function imports({ source, specifiers = [] }: Statement): string {
  const found = `${PACKAGES}(${JSON.stringify(source!.value)})`;
  const [all] = specifiers;
  if (all?.type === "ImportNamespaceSpecifier") return `const ${all.local.name} = ${found};`;
  const fields = specifiers.map(({ local, imported }) =>
    imported === undefined || imported.name === local.name ? local.name : `${imported.name}: ${local.name}`,
  );
  return `const { ${fields.join(", ")} } = ${found};`;
}

function short(text: string): string {
  const line = text.replaceAll(/\s+/g, " ");
  return line.length > 80 ? `${line.slice(0, 77)}…` : line;
}
