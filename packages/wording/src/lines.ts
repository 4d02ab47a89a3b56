/** How a text becomes lines. */
export interface Lines {
  /** What the first line begins with. Default: nothing. */
  readonly first?: string;
  /** What every further line begins with. Default: nothing. */
  readonly rest?: string;
  /** The width of a text, in the unit of the room. Default: {@link characterCount}. */
  readonly measure?: (text: string) => number;
}

/**
 * A text in lines of at most `width`, broken at spaces; a word that is wider has a line of its own. A ± stays between its numbers.
 *
 * @returns at least one line
 * @example
 * ```ts run
 * wrap("one two three", 8, { rest: "  " }) // => ["one two", "  three"]
 * ```
 */
export function wrap(text: string, width: number, { first = "", rest = "", measure = characterCount }: Lines = {}): string[] {
  const lines: string[] = [];
  let line = first;
  let empty = true;
  for (const word of text.split(/(?<!±) (?!±)/)) {
    if (!empty && measure(`${line} ${word}`) > width) {
      lines.push(line);
      line = rest;
      empty = true;
    }
    line += empty ? word : ` ${word}`;
    empty = false;
  }
  return [...lines, line];
}

/** A name of at most `most` characters, with a mark at the end where something is missing. */
export function shortened(text: string, most: number): string {
  const characters = charactersOf(text);
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join("")}…`;
}

/** What a reader counts as characters: an accent or an emoji of several parts is one. East Asian wide characters count as one, too. */
export function characterCount(text: string): number {
  return ASCII.test(text) ? text.length : charactersOf(text).length;
}

/** Texts whose code units are their characters: most are, and the segmenter is slow. */
const ASCII = /^[\x20-\x7e]*$/;

let segmenter: Intl.Segmenter | undefined;

function charactersOf(text: string): string[] {
  segmenter ??= new Intl.Segmenter("en"); // made when it is needed: it takes longer than most texts
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}
