import { scatterPlot } from "@mixtura/plot";
import { selectMixture } from "mixtura";
import { rowsOf } from "../pictures/rows.ts";
import { shortComparison } from "./comparison.ts";
import type { Figures } from "./figures.ts";

/** Where the README's picture lies. */
export const PICTURE = "docs/old-faithful.svg";

const PLACE = /(?<=<!-- comparison -->\n)[\s\S]*?(?=<!-- \/comparison -->)/;

/** The README with the comparison as the kept results have it. */
export function freshReadme(readme: string, figures: Figures): string {
  return readme.replace(PLACE, () => `\n${shortComparison(figures)}\n\n`);
}

/** What the README's example chooses, drawn. */
export async function readmePicture(): Promise<string> {
  const { X } = rowsOf("faithful");
  const { best } = await selectMixture(X, { nComponents: [1, 2, 3, 4], randomState: 7 });
  const labels = await best.predict(X);
  return scatterPlot({ X, components: best, labels, title: "Old Faithful: 272 eruptions, three groups by BIC", width: 720, height: 400 });
}
