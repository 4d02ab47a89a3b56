import { describe, expect, it } from "vitest";
import { expectWhole, readSVG } from "./read-svg.ts";

/** One picture of each kind, at a width and a theme. */
export type Kinds = Readonly<Record<string, (looks: { width: number; theme: "light" | "dark" | "auto" }) => string>>;

/** What every kind of picture keeps to. */
export function describeKinds(kinds: Kinds): void {
  describe.each(Object.entries(kinds))("%s", (_, draw) => {
    it.each([400, 720, 1000])("is whole, legible and without text on text at %d pixels", (width) => {
      expectWhole(draw({ width, theme: "auto" }));
    });

    it("gives the same bytes for the same data", () => {
      expect(draw({ width: 480, theme: "auto" })).toBe(draw({ width: 480, theme: "auto" }));
    });

    it("needs no style sheet in a fixed theme, and follows the reader in one file with auto", () => {
      for (const theme of ["light", "dark"] as const) expect(draw({ width: 480, theme })).not.toMatch(/<style|var\(/);
      expect(draw({ width: 480, theme: "auto" })).toContain("@media(prefers-color-scheme:dark)");
      expect(draw({ width: 480, theme: "light" })).not.toBe(draw({ width: 480, theme: "dark" }));
    });

    it("says in words what it shows", () => {
      const elements = readSVG(draw({ width: 480, theme: "light" }));
      const [title, description] = ["title", "desc"].map((name) => elements.find((element) => element.name === name)!);
      expect(title!.text.length).toBeGreaterThan(5);
      expect(description!.text.length).toBeGreaterThan(30);
    });

    it("is ASCII, so that no page can misread it", () => {
      expect(draw({ width: 480, theme: "auto" })).toMatch(/^[\0-\x7f]*$/);
    });
  });
}
