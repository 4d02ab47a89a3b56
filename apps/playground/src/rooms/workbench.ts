import type { InjectionKey, Ref } from "vue";
import { inject } from "vue";
import type { Ground } from "../stage/palette.ts";
import type { DataRoom } from "./data-room.ts";
import { dataRoom } from "./data-room.ts";
import type { FitRoom } from "./fit-room.ts";
import { fitRoom } from "./fit-room.ts";
import type { HandsRoom } from "./hands-room.ts";
import { handsRoom } from "./hands-room.ts";
import type { HistoryRoom } from "./history-room.ts";
import type { Link } from "./link.ts";
import { openLink } from "./link.ts";
import type { MapRoom } from "./map-room.ts";
import { mapRoom } from "./map-room.ts";
import type { MeasureRoom } from "./measure-room.ts";
import { measureRoom } from "./measure-room.ts";
import type { PaintRoom } from "./paint-room.ts";
import { paintRoom } from "./paint-room.ts";
import type { SearchRoom } from "./search-room.ts";
import { searchRoom } from "./search-room.ts";
import type { TimelineRoom } from "./timeline-room.ts";
import { timelineRoom } from "./timeline-room.ts";
import type { UnusualRoom } from "./unusual-room.ts";
import { unusualRoom } from "./unusual-room.ts";

/** Everything that the panels work on. */
export interface Workbench {
  readonly link: Link;
  readonly ground: Ref<Ground>;
  /** Whether the reader asked for little movement. */
  readonly calm: Ref<boolean>;
  readonly history: HistoryRoom;
  readonly data: DataRoom;
  readonly fit: FitRoom;
  readonly timeline: TimelineRoom;
  readonly paint: PaintRoom;
  readonly unusual: UnusualRoom;
  readonly map: MapRoom;
  readonly search: SearchRoom;
  readonly measures: MeasureRoom;
  readonly hands: HandsRoom;
}

const KEY: InjectionKey<Workbench> = Symbol("workbench");
export { KEY as workbenchKey };

/** Starts a worker and all that works with it. */
export function createWorkbench(history: HistoryRoom, ground: Ref<Ground>, calm: Ref<boolean>): Workbench {
  const link = openLink();
  const data = dataRoom(link, history);
  const fit = fitRoom(link, history, data);
  const timeline = timelineRoom(fit, calm);
  const paint = paintRoom(link, data, fit, timeline, ground);
  const unusual = unusualRoom(link, history, fit);
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
    map: mapRoom(link, history, data, fit, unusual),
    search: searchRoom(link, history, data, fit),
    measures: measureRoom(link, history, data),
    hands: handsRoom(link, history, data),
  };
}

/** The workbench, in a panel. */
export function useWorkbench(): Workbench {
  return inject(KEY)!;
}
