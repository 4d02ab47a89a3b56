import type { InjectionKey, Ref } from "vue";
import { inject } from "vue";
import type { Ground } from "../stage/palette.ts";
import type { DataFeature } from "./data.ts";
import { dataFeature } from "./data.ts";
import type { FitFeature } from "./fit.ts";
import { fitFeature } from "./fit.ts";
import type { HandsFeature } from "./hands.ts";
import { handsFeature } from "./hands.ts";
import type { HistoryFeature } from "./history.ts";
import type { Link } from "./link.ts";
import { openLink } from "./link.ts";
import type { MapFeature } from "./map.ts";
import { mapFeature } from "./map.ts";
import type { MeasureFeature } from "./measure.ts";
import { measureFeature } from "./measure.ts";
import type { PaintFeature } from "./paint.ts";
import { paintFeature } from "./paint.ts";
import type { SearchFeature } from "./search.ts";
import { searchFeature } from "./search.ts";
import type { TimelineFeature } from "./timeline.ts";
import { timelineFeature } from "./timeline.ts";
import type { UnusualFeature } from "./unusual.ts";
import { unusualFeature } from "./unusual.ts";

/** Everything that the panels work on. */
export interface Workbench {
  readonly link: Link;
  readonly ground: Ref<Ground>;
  /** Whether the reader asked for little movement. */
  readonly calm: Ref<boolean>;
  readonly history: HistoryFeature;
  readonly data: DataFeature;
  readonly fit: FitFeature;
  readonly timeline: TimelineFeature;
  readonly paint: PaintFeature;
  readonly unusual: UnusualFeature;
  readonly map: MapFeature;
  readonly search: SearchFeature;
  readonly measures: MeasureFeature;
  readonly hands: HandsFeature;
}

const KEY: InjectionKey<Workbench> = Symbol("workbench");
export { KEY as workbenchKey };

/** Starts a worker and all that works with it. */
export function createWorkbench(history: HistoryFeature, ground: Ref<Ground>, calm: Ref<boolean>): Workbench {
  const link = openLink();
  const data = dataFeature(link, history);
  const fit = fitFeature(link, history, data);
  const timeline = timelineFeature(fit, calm);
  const paint = paintFeature(link, data, fit, timeline, ground);
  const unusual = unusualFeature(link, history, fit);
  return {
    link,
    ground,
    calm,
    history,
    data,
    fit,
    timeline,
    paint,
    unusual,
    map: mapFeature(link, history, data, fit, unusual),
    search: searchFeature(link, history, data, fit),
    measures: measureFeature(link, history, data),
    hands: handsFeature(link, history, data),
  };
}

/** The workbench, in a panel. */
export function useWorkbench(): Workbench {
  return inject(KEY)!;
}
