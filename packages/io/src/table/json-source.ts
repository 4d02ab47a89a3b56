// The text of values within JSON, which parsing loses: `1234567890123456789`, `1.0` and `1e3` are other numbers, or other texts, once they were doubles.
// Engines that hand a reviver the source of a value do so from 2023 on, and take several times as long as without one; so the text is cut here.
// All of it was parsed before, so it is known to be JSON.

const QUOTE = 34;
const COMMA = 44;
const BACKSLASH = 92;
const OPEN_BRACKET = 91;
const CLOSE_BRACKET = 93;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;

/** Where the values of a row's fields stand in a text; −1 where a field is not there. */
export interface Spans {
  text: string;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
}

/** Spaces and line breaks. */
export function afterBlanks(text: string, at: number): number {
  let end = at;
  while (text.charCodeAt(end) <= 32) end++;
  return end;
}

/** The place behind a string whose opening quote is before `at`. */
function stringEnd(text: string, at: number): number {
  for (let from = at; ;) {
    const quote = text.indexOf('"', from);
    let slashes = 0;
    while (text.charCodeAt(quote - 1 - slashes) === BACKSLASH) slashes++;
    if (slashes % 2 === 0) return quote + 1;
    from = quote + 1;
  }
}

/** The place behind the value that begins at `at`; no recursion, so that depth does not matter. */
export function valueEnd(text: string, at: number): number {
  const first = text.charCodeAt(at);
  if (first === QUOTE) return stringEnd(text, at + 1);
  let end = at;
  if (first !== OPEN_BRACE && first !== OPEN_BRACKET) {
    for (; end < text.length; end++) {
      const code = text.charCodeAt(end);
      if (code <= 32 || code === COMMA || code === CLOSE_BRACKET || code === CLOSE_BRACE) break;
    }
    return end;
  }
  let depth = 0;
  do {
    const code = text.charCodeAt(end++);
    if (code === QUOTE) end = stringEnd(text, end);
    else if (code === OPEN_BRACE || code === OPEN_BRACKET) depth++;
    else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) depth--;
  } while (depth > 0);
  return end;
}

/** The first place within the object or list at `at`; nothing where it is empty. */
export function firstInside(text: string, at: number): number | undefined {
  const first = afterBlanks(text, at + 1);
  const code = text.charCodeAt(first);
  return code === CLOSE_BRACE || code === CLOSE_BRACKET ? undefined : first;
}

/** The place of the value after the one that ends at `end`; nothing where that was the last. */
export function nextInside(text: string, end: number): number | undefined {
  const comma = afterBlanks(text, end);
  return text.charCodeAt(comma) === COMMA ? afterBlanks(text, comma + 1) : undefined;
}

/** Walks the fields of the object at `at`, in their order. */
export function forEachField(text: string, at: number, found: (name: string, start: number, end: number) => void): void {
  for (let key = firstInside(text, at); key !== undefined;) {
    const keyEnd = stringEnd(text, key + 1);
    const name = text.slice(key + 1, keyEnd - 1);
    const start = afterBlanks(text, afterBlanks(text, keyEnd) + 1);
    const end = valueEnd(text, start);
    found(name.includes("\\") ? (JSON.parse(text.slice(key, keyEnd)) as string) : name, start, end);
    key = nextInside(text, end);
  }
}

/** A value as it was written, without blanks between its parts. */
export function compactText(text: string, start: number, end: number): string {
  const first = text.charCodeAt(start);
  if (first !== OPEN_BRACE && first !== OPEN_BRACKET) return text.slice(start, end);
  let compact = "";
  let from = start; // of a stretch without blanks
  for (let at = start; at < end;) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = stringEnd(text, at + 1);
    else if (code > 32) at++;
    else {
      compact += text.slice(from, at);
      at = afterBlanks(text, at);
      from = at;
    }
  }
  return compact + text.slice(from, end);
}
