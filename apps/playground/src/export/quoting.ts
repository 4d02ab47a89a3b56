/** What cannot be seen, breaks lines, or turns the direction of text: control and format characters, separators, halves of pairs, unassigned ones. */
const UNSEEN = /[\p{C}\p{Zl}\p{Zp}]/gu;

/** A text as a literal of TypeScript. What is read is what runs: nothing unseen is left in it. */
export function typeScriptText(text: string): string {
  return JSON.stringify(text).replace(UNSEEN, (found) =>
    Array.from({ length: found.length }, (_, at) => hex("u", 4, found.charCodeAt(at))).join(""),
  );
}

/** A text as a literal of Python, which counts characters where TypeScript counts halves of pairs. */
export function pythonText(text: string): string {
  return JSON.stringify(text).replace(UNSEEN, (found) =>
    found.length === 1 ? hex("u", 4, found.charCodeAt(0)) : hex("U", 8, found.codePointAt(0)!),
  );
}

function hex(letter: "u" | "U", digits: number, code: number): string {
  return `\\${letter}${code.toString(16).padStart(digits, "0")}`;
}

/** Whether a command line can hold a text: an argument ends at a zero, and its bytes are UTF-8. */
export function isShellText(text: string): boolean {
  return !/[\0\p{Cs}]/u.test(text);
}

/**
 * A text as one word of a POSIX shell.
 *
 * Where it holds quotes or what cannot be seen, these stand as octal bytes in `$'…'`: a terminal acts upon control characters that are pasted
 * into it, and a shell of another language that is given the word by mistake finds no quote in it that ends another.
 */
export function shellWord(text: string): string {
  if (/^[\w.,:/+-]+$/.test(text)) return text;
  if (/^[^'‘’‚‛\p{C}\p{Zl}\p{Zp}]*$/u.test(text)) return `'${text}'`;
  const bytes = (part: string): string =>
    Array.from(new TextEncoder().encode(part), (byte) => `\\${byte.toString(8).padStart(3, "0")}`).join("");
  return `$'${text.replaceAll(/[\\'‘’‚‛\p{C}\p{Zl}\p{Zp}]/gu, bytes)}'`;
}
