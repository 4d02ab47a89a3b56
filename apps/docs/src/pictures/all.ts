import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "../site/page.ts";
import { choicePictures } from "./choices.ts";
import { covariancePictures, densityPictures, expectationMaximisationPictures } from "./concepts.ts";
import { galleryOf } from "./gallery.ts";
import type { Picture } from "./picture.ts";
import { posteriorPictures } from "./posteriors.ts";
import { robustPictures } from "./robust.ts";
import { speedPictures } from "./speed.ts";

/** Draws all pictures of the repository at `root` into a folder, and makes the pages that are made of them. */
export async function drawPictures(
  root: string,
  folder: string,
): Promise<{ readonly pictures: ReadonlyMap<string, Picture>; readonly pages: readonly Page[] }> {
  const gallery = await galleryOf();
  const all = [
    ...(await covariancePictures()),
    ...(await expectationMaximisationPictures()),
    ...(await densityPictures()),
    ...(await choicePictures()),
    ...(await posteriorPictures()),
    ...(await robustPictures()),
    ...speedPictures(root),
    ...gallery.pictures,
  ];
  mkdirSync(folder, { recursive: true });
  for (const { name, draw } of all)
    for (const theme of ["light", "dark"] as const) writeFileSync(join(folder, `${name}-${theme}.svg`), draw(theme));
  return { pictures: new Map(all.map((picture) => [picture.name, picture])), pages: [gallery.page] };
}
