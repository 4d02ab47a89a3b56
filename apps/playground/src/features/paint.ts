import type { Ref, ShallowRef } from "vue";
import { ref, shallowRef, watch } from "vue";
import type { Ground } from "../stage/palette.ts";
import { colourOf, inksOf, paintsOf, toBytes } from "../stage/palette.ts";
import { latest } from "../state/latest.ts";
import type { DataChoice } from "../state/state.ts";
import type { DataFeature } from "./data.ts";
import type { FitFeature } from "./fit.ts";
import type { Link } from "./link.ts";
import type { TimelineFeature } from "./timeline.ts";

/** What rows are coloured by. */
type Colouring = "model" | "groups" | "none";

/** The colour of each row. */
export interface PaintFeature {
  readonly colours: ShallowRef<Uint32Array>;
  readonly by: Ref<Colouring>;
}

export function paintFeature(link: Link, data: DataFeature, fit: FitFeature, timeline: TimelineFeature, ground: Ref<Ground>): PaintFeature {
  const colours = shallowRef<Uint32Array>(new Uint32Array(0));
  const by = ref<Colouring>("model");
  const ask = latest(async (step: number | undefined, where: Ground, opened: number) => {
    const answer = await link.colours(paintsOf(where), step);
    if (answer.ok && data.version.value === opened) colours.value = answer.value;
  });
  let painted: DataChoice | undefined;
  const paint = (): void => {
    const rows = data.facts.value?.rows ?? 0;
    const groups = data.facts.value?.groups;
    const none = toBytes(inksOf(ground.value).points);
    // Rows of other data have no colours yet, not even where they are as many.
    if (colours.value.length !== rows || painted !== data.choice.value) colours.value = new Uint32Array(rows).fill(none);
    painted = data.choice.value;
    if (by.value === "groups" && groups !== undefined) {
      const paints = groups.names.map((_, k) => toBytes(colourOf(k, ground.value)));
      colours.value = Uint32Array.from(groups.codes, (code) => (code < 0 ? none : paints[code]!));
    } else if (by.value === "none") colours.value = new Uint32Array(rows).fill(none);
    else if (fit.facts.value !== undefined || timeline.step.value !== undefined) ask(timeline.step.value, ground.value, data.version.value);
  };
  watch([data.version, fit.version, timeline.step, ground, by], paint, { flush: "sync" });
  return { colours, by };
}
