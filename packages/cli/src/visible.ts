/**
 * Characters that steer a terminal: C0 without tab and line break, DEL and C1, marks and overrides of the writing direction, and Unicode's own line
 * breaks. A carriage return stays before a line break, as files of Windows have it.
 */
const STEERING = new RegExp(
  String.raw`[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]|\r(?!\n)`,
  "g",
);

/** A text with what steers a terminal written out as JSON does (`\u001b`), so that texts of JSON keep their meaning. */
export function visible(text: string): string {
  return text.replace(STEERING, escape);
}

/** The same on one line. */
export function visibleLine(text: string): string {
  return visible(text).replace(/[\r\n\t]/g, escape);
}

function escape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/** The most characters of a message; names and values from data may have any length. */
const MOST = 2000;

/** Of those, how many at the end, where messages say what to do. */
const LAST = 500;

/** A message of bounded length: what is too long loses its middle. */
export function bounded(text: string): string {
  return text.length <= MOST ? text : `${text.slice(0, MOST - LAST - 1)}…${text.slice(-LAST)}`;
}
