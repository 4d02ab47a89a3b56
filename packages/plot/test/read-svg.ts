import type { SaxesTagPlain } from "saxes";
import { SaxesParser } from "saxes";
import { expect } from "vitest";

/** An element of a picture in document order. */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Its own text, without that of its children. */
  text: string;
  readonly parent: Element | undefined;
}

/** All elements of a document, by a strict XML parser, which throws for anything that is not well-formed. */
export function readSVG(svg: string): Element[] {
  const parser = new SaxesParser();
  const all: Element[] = [];
  const open: Element[] = [];
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", ({ name, attributes }: SaxesTagPlain) => {
    const element = { name, attributes: attributes as Record<string, string>, text: "", parent: open.at(-1) };
    all.push(element);
    open.push(element);
  });
  parser.on("text", (text) => {
    const element = open.at(-1);
    if (element !== undefined) element.text += text;
  });
  parser.on("closetag", () => open.pop());
  parser.write(svg).close();
  return all;
}

/** What a reader sees: the texts, in document order. */
export function textsOf(svg: string): string[] {
  return readSVG(svg)
    .filter(({ name }) => name === "text")
    .map(({ text }) => text);
}

interface Rectangle {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Width of a text in units of the size, near that of DejaVu Sans, the widest of the common faces: a third for narrow characters. */
function widthOf(text: string): number {
  return Array.from(text).reduce((sum, character) => sum + (/[ijlftr.,:;|'()·\s]/.test(character) ? 0.34 : 0.6), 0);
}

/** Boxes of all texts, by a simple estimate of their own. */
function textBoxes(elements: readonly Element[]): Rectangle[] {
  return elements
    .filter(({ name }) => name === "text")
    .map(({ attributes, text }) => {
      const size = Number(attributes["font-size"]);
      const width = widthOf(text) * size;
      const x = Number(attributes["x"]);
      const y = Number(attributes["y"]);
      const left = { start: x, middle: x - width / 2, end: x - width }[attributes["text-anchor"] ?? "start"]!;
      // Digits and most letters stand on the line and reach three quarters of the size above it.
      return { text, left, right: left + width, top: y - 0.75 * size, bottom: y };
    });
}

/** Fails unless the picture is whole: well-formed, only finite numbers, references that exist, legible texts within it and none on another. */
export function expectWhole(svg: string): void {
  const elements = readSVG(svg);
  const [root] = elements;
  expect(root!.name).toBe("svg");
  expect(root!.attributes["role"]).toBe("img");
  const ids = elements.flatMap(({ attributes }) => attributes["id"] ?? []);
  expect(new Set(ids).size).toBe(ids.length);
  const references = [...svg.matchAll(/url\(#([^)]*)\)/g)].map(([, id]) => id!);
  expect(ids).toEqual(expect.arrayContaining([...references, ...root!.attributes["aria-labelledby"]!.split(" ")]));

  const broken = elements.flatMap(({ name, attributes }) =>
    Object.entries(attributes)
      .filter(([, value]) => /NaN|Infinity|undefined|null|e[+-]\d/.test(value))
      .map(([key, value]) => `${name} ${key}="${value}"`),
  );
  expect(broken).toEqual([]);

  const width = Number(root!.attributes["width"]);
  const height = Number(root!.attributes["height"]);
  const boxes = textBoxes(elements);
  expect(boxes.filter(({ left, right, top, bottom }) => left < -1 || right > width + 1 || top < -1 || bottom > height + 1)).toEqual([]);
  const sizes = elements.filter(({ name }) => name === "text").map(({ attributes }) => Number(attributes["font-size"]));
  expect(sizes.filter((size) => size < 10)).toEqual([]);
  const overlaps: string[] = [];
  for (const [index, a] of boxes.entries()) {
    for (const b of boxes.slice(index + 1)) {
      if (a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom) overlaps.push(`"${a.text}" on "${b.text}"`);
    }
  }
  expect(overlaps).toEqual([]);
}
