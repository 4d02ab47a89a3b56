import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { cell } from "./declarations.ts";
import type { Page } from "./page.ts";

/** A sentence that some code throws, with what is filled in marked by ‹›. */
interface Sentence {
  readonly code: string;
  readonly package: string;
  readonly text: string;
}

/** A code that errors have. */
export interface ErrorCode {
  readonly code: string;
  readonly meaning: string;
  readonly detail: string;
}

/** All codes, with what they mean and carry, from their declaration. */
export function errorCodes(root: string): ErrorCode[] {
  return readCodes(join(root, "packages/core/src/errors.ts"));
}

/** The catalogue of errors: codes, what they carry and what they mean from their declaration; sentences from where they are thrown. */
export function errorsPage(root: string): Page {
  const codes = errorCodes(root);
  const sentences = globSync("packages/*/src/**/*.ts", { cwd: root }).flatMap((file) => readSentences(root, file.replaceAll("\\", "/")));
  const sections = codes.map(({ code, meaning, detail }) => {
    const texts = sentences.filter((sentence) => sentence.code === code);
    const byPackage = [...new Set(texts.map(({ package: name }) => name))].toSorted();
    const list = byPackage.map((name) => {
      const unique = [...new Set(texts.filter((sentence) => sentence.package === name).map(({ text }) => text))];
      return `- \`${name}\`\n${unique.map((text) => `  - ${cell(text)}`).join("\n")}`;
    });
    return [
      `## \`${code}\``,
      ...(meaning === "" ? [] : [meaning]),
      `\`detail\`: \`${detail}\``,
      ...(list.length === 0
        ? []
        : [
            `<details><summary>${texts.length} ${texts.length === 1 ? "place says" : "places say"} so</summary>\n\n${list.join("\n")}\n\n</details>`,
          ]),
    ].join("\n\n");
  });
  return {
    path: "reference/errors",
    markdown: [
      "# Errors",
      'Everything that is refused is refused with one class, `MixturaError`: a stable `code` for programs, a sentence for people that says what was asked, what was found and what to try, and the facts in `detail`. Branch on the code, never on the text; `isMixturaError(error, "not-finite")` also works when two versions are installed side by side.',
      "This page is made from the sources. What stands in ‹ › is filled in.",
      ...sections,
      "",
    ].join("\n\n"),
  };
}

function parse(file: string): ts.SourceFile {
  return ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.ESNext, true);
}

function readCodes(file: string): ErrorCode[] {
  const source = parse(file);
  const details = source.statements.find(
    (statement): statement is ts.InterfaceDeclaration => ts.isInterfaceDeclaration(statement) && statement.name.text === "ErrorDetails",
  );
  if (details === undefined) throw new Error(`${file} declares no ErrorDetails.`);
  return details.members.filter(ts.isPropertySignature).map((member) => {
    const comments = ts.getJSDocCommentsAndTags(member).map((comment) => ts.getTextOfJSDocComment((comment as ts.JSDoc).comment) ?? "");
    return {
      code: ts.isStringLiteral(member.name) ? member.name.text : member.name.getText(source),
      meaning: comments.join(" ").trim(),
      detail: plain(member.type!.getText(source)),
    };
  });
}

function plain(type: string): string {
  return type
    .replaceAll("readonly ", "")
    .replaceAll(/\s+/g, " ")
    .replaceAll(/\/\*.*?\*\//g, "");
}

function readSentences(root: string, file: string): Sentence[] {
  const source = parse(join(root, file));
  const folder = file.split("/")[1]!;
  const found: Sentence[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isNewExpression(node) && node.expression.getText(source) === "MixturaError") {
      const [code, text] = node.arguments ?? [];
      if (code !== undefined && ts.isStringLiteral(code) && text !== undefined) {
        const sentence = sentenceOf(text, source);
        if (sentence !== undefined)
          found.push({ code: code.text, package: folder === "mixtura" ? folder : `@mixtura/${folder}`, text: sentence });
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** A text, a template or a sum of them; nothing for a text made elsewhere. */
function sentenceOf(node: ts.Expression, source: ts.SourceFile): string | undefined {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text;
  if (ts.isTemplateExpression(node))
    return node.head.text + node.templateSpans.map(({ expression, literal }) => `‹${nameOf(expression, source)}›${literal.text}`).join("");
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken) {
    const [left, right] = [sentenceOf(node.left, source), sentenceOf(node.right, source)];
    return left === undefined || right === undefined ? undefined : left + right;
  }
  return undefined;
}

/** A short name for what is filled in. */
function nameOf(node: ts.Expression, source: ts.SourceFile): string {
  const text = node.getText(source);
  if (text.startsWith("show(")) return "what was found";
  const name = /^[\w.]+/.exec(text)?.[0].split(".").at(-1) ?? "…";
  return text.length > 40 || !/^[\w.]+$/.test(text) ? (name.length > 2 ? name : "…") : name;
}
