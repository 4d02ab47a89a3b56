import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { loadPackages, publicOnly } from "../src/packages.ts";
import { drawnPictures } from "../src/pictures/drawn.ts";
import { figureOf, sizeOf, withFigures } from "../src/pictures/picture.ts";

const root = join(import.meta.dirname, "..", "..", "..");
const packages = publicOnly(await loadPackages(root));
const folder = mkdtempSync(join(tmpdir(), "pictures-"));
afterAll(() => rmSync(folder, { recursive: true }));

const page = (code: string, captions: string): string =>
  `# A page\n\n\`\`\`ts run\n1 + 1 // => 2\n\`\`\`\n\n\`\`\`ts run\n${code}\n\`\`\`\n\n<!-- drawn: ${captions} -->\n\nThe end.\n`;

describe("pictures that the examples of a page draw (#18)", () => {
  const weights = 'import { weightsPlot } from "@mixtura/plot";\n\nweightsPlot({ weights: [0.2, 0.8], title: "Two <parts>" })';

  it("stand behind the code, with the caption and the picture's own words", async () => {
    const { markdown, pictures } = await drawnPictures(page(weights, "Two weights."), "guides/some", packages);

    expect(markdown).toMatch(/weightsPlot\(.*\)\n```\n\n<!-- picture guides-some-drawn-1 -->\n\nThe end/);
    expect(pictures).toHaveLength(1);
    expect(pictures[0]!.caption).toBe("Two weights.");
    expect(pictures[0]!.alt).toMatch(/^Two <parts>\. /);
  });

  it("are drawn for both grounds, and once more for a phone, with their sizes and without scripts", async () => {
    const { markdown, pictures } = await drawnPictures(page(weights, "Two weights."), "guides/some", packages);
    const html = withFigures(markdown, new Map(pictures.map((picture) => [picture.name, figureOf(picture, folder)])), "guides/some");

    const sources = [...html.matchAll(/srcset="\/pictures\/([^"]+)" width="342"/g)].map(([, file]) => file);
    expect(sources).toEqual(["guides-some-drawn-1-phone-light.svg", "guides-some-drawn-1-phone-dark.svg"]);
    expect(html).toContain('alt="Two &lt;parts&gt;. ');
    for (const theme of ["light", "dark"]) {
      const svg = readFileSync(join(folder, `guides-some-drawn-1-${theme}.svg`), "utf8");
      expect(svg).toContain(`class="mx-${theme}"`);
      expect(sizeOf(svg).width).toBe(480);
    }
    for (const image of html.match(/<(?:img|source) [^>]*>/g)!) expect(image).toMatch(/ width="\d+" height="\d+"/);
  });

  it("may be several, each with its caption", async () => {
    const two = `${weights};\nweightsPlot({ weights: [1] })`;
    const { markdown } = await drawnPictures(page(two, "The first. | The second."), "start/some", packages);
    expect(markdown).toContain("<!-- picture start-some-drawn-1 start-some-drawn-2 -->");
  });

  it.each([
    ["a caption too many", page(weights, "One. | Two."), "draws 1 pictures and has 2 captions"],
    ["nothing drawn", page("1 + 1", "One."), "draws 0 pictures and has 1 captions"],
    ["a picture with a claim, which is no picture", page(`${weights}.length // => 0`, "One."), "line 3"],
    ["code that fails", page("nothingThere()", "One."), 'guides/some: the example that draws "One." fails'],
    ["no example before it", "# A page\n\n<!-- drawn: One. -->\n", "stands behind no example"],
  ])("are refused for %s", async (_, markdown, message) => {
    await expect(drawnPictures(markdown, "guides/some", packages)).rejects.toThrow(message);
  });
});
