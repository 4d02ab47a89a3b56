import type { Packages } from "../run-example.ts";
import { publicOnly } from "../packages.ts";
import type { Page } from "../site/page.ts";
import { anomalyPictures } from "./anomalies.ts";
import { choicePictures } from "./choices.ts";
import { covariancePictures, densityPictures, expectationMaximisationPictures } from "./concepts.ts";
import { contractPictures } from "./contracts.ts";
import { drawnPictures } from "./drawn.ts";
import { galleryOf } from "./gallery.ts";
import { figureOf } from "./picture.ts";
import { posteriorPictures } from "./posteriors.ts";
import { robustPictures } from "./robust.ts";
import { backendPictures, speedPictures } from "./speed.ts";

/** The pictures of the site as HTML, by name, and the pages that have them. */
interface Drawn {
  readonly figures: ReadonlyMap<string, string>;
  /** The written pages, where examples that draw are followed by the place of what they draw. */
  readonly written: readonly Page[];
  readonly gallery: Page;
}

/** Draws all pictures of the repository at `root` into a folder: those of its pages' examples, and those with code of their own. */
export async function drawFigures(root: string, pages: readonly Page[], packages: Packages, folder: string): Promise<Drawn> {
  const known = publicOnly(packages);
  const gallery = await galleryOf(known);
  const written = [];
  for (const page of pages) {
    written.push({ page, ...(await drawnPictures(page.markdown, page.path, known)) });
  }
  const all = [
    ...(await covariancePictures()),
    ...(await expectationMaximisationPictures()),
    ...(await densityPictures()),
    ...(await choicePictures()),
    ...(await anomalyPictures()),
    ...(await posteriorPictures()),
    ...(await robustPictures()),
    ...speedPictures(root),
    ...backendPictures(root),
    ...contractPictures(),
    ...gallery.pictures,
    ...written.flatMap(({ pictures }) => pictures),
  ];
  return {
    figures: new Map(all.map((picture) => [picture.name, figureOf(picture, folder)])),
    written: written.map(({ page, markdown }) => ({ ...page, markdown })),
    gallery: gallery.page,
  };
}
