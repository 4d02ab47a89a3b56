import type { Ref, ShallowRef } from "vue";
import { ref, shallowRef, watch } from "vue";
import { builtInSets } from "../data/sets.ts";
import type { Box } from "../stage/scale.ts";
import { boxOf, joined } from "../stage/scale.ts";
import { latest } from "../state/latest.ts";
import type { DataChoice, DensityChoice, FileData, View, WorkbenchState } from "../state/state.ts";
import { defaultState } from "../state/state.ts";
import type { DataFacts, PlaneRows, Source } from "../worker/protocol.ts";
import type { HistoryFeature } from "./history.ts";
import type { Link } from "./link.ts";

/** The rows that are open, and how they lie in the plane. All of it changes at once, and only when it is true. */
export interface DataFeature {
  readonly facts: ShallowRef<DataFacts | undefined>;
  readonly plane: ShallowRef<PlaneRows | undefined>;
  /** The view that the plane shows, which is not the state's while other data is being opened. */
  readonly view: ShallowRef<View>;
  /** What is open, which is not the state's while other data is being opened. */
  readonly choice: ShallowRef<DataChoice | undefined>;
  /** The part of the plane that is shown. */
  readonly box: ShallowRef<Box>;
  readonly opening: Ref<boolean>;
  /** Why the last choice could not be opened. */
  readonly problem: Ref<string | undefined>;
  /** The file that was refused last, which may be read in another way. */
  readonly refused: ShallowRef<FileData | undefined>;
  /** Counts what was opened, so that others can follow. */
  readonly version: Ref<number>;
  /** Takes a file that was chosen or dropped; the answer stands for just this one, however many share its name. */
  readonly offer: (file: File) => FileData;
  /** Ends the opening that is under way: what was there stays. */
  readonly cancel: () => void;
}

type Wanted = Pick<WorkbenchState, "data" | "edits" | "features">;
/** What a refusal goes back to. */
type Shown = Wanted & Pick<WorkbenchState, "view"> & Pick<DensityChoice, "box">;

export function dataFeature(link: Link, { state, retract }: HistoryFeature): DataFeature {
  const facts = shallowRef<DataFacts>();
  const plane = shallowRef<PlaneRows>();
  const view = shallowRef<View>(state.value.view);
  const choice = shallowRef<DataChoice>();
  const box = shallowRef<Box>([0, 0, 10, 10]);
  const opening = ref(true);
  const problem = ref<string>();
  const refused = shallowRef<FileData>();
  const version = ref(0);
  const files: File[] = [];
  let good: Shown | undefined;
  let steppingBack = false;
  let cancelled = false;
  let shown = "";

  const open = latest(async (wanted: Wanted, asked: View) => {
    cancelled = false;
    const source = sourceOf(wanted.data, files);
    if (typeof source === "string") return refuse(wanted, source);
    opening.value = true;
    const answer = await link.open({ source, edits: wanted.edits, features: wanted.features, view: asked });
    // Something else was asked for meanwhile, and is opened next.
    if (!same(pick(state.value), wanted)) return;
    if (!answer.ok) {
      if (answer.failure.code !== "aborted") refuse(wanted, answer.failure.message);
      else if (cancelled) refuse(wanted, `${nameOf(wanted.data)} was not opened: it was cancelled.`);
      return;
    }
    opening.value = false;
    facts.value = answer.value.facts;
    choice.value = wanted.data;
    good = { ...wanted, view: state.value.view, box: state.value.density.box };
    show(answer.value.plane, asked);
    version.value++;
    if (!same(asked, state.value.view)) reproject(state.value.view);
  });

  /** What cannot be opened leaves everything as it was. */
  const refuse = (wanted: Wanted, message: string): void => {
    opening.value = false;
    problem.value = message;
    refused.value = wanted.data.kind === "file" && wanted.data.copy !== undefined ? wanted.data : undefined;
    if (!same(pick(state.value), wanted)) return;
    steppingBack = true;
    const { box: before, ...parts } = good ?? { ...pick(defaultState), view: defaultState.view, box: undefined };
    retract({ ...parts, density: { ...state.value.density, box: before } });
  };

  const show = (found: PlaneRows, asked: View): void => {
    const { points } = found;
    const place = JSON.stringify([good?.data, good?.features, asked]);
    // Rows drawn by hand must not make the picture jump.
    box.value =
      place === shown && points.length > 0 ? (sameBox(box.value, points) ? box.value : joined(box.value, boxOf(points))) : boxOf(points);
    shown = place;
    view.value = asked;
    plane.value = found;
  };
  const reproject = latest(async (asked: View) => {
    const before = version.value;
    const answer = await link.project(asked);
    // Rows that were opened meanwhile came with a plane of their own.
    if (version.value !== before) return;
    if (answer.ok) show(answer.value, asked);
    else problem.value = answer.failure.message;
  });

  watch(
    state,
    (now, before) => {
      const wanted = pick(now);
      const isBack = steppingBack;
      steppingBack = false;
      if (before !== undefined && same(wanted, pick(before))) {
        // A part of what is open, while nothing else is being opened.
        if (good === undefined || !same(wanted, pick(good))) return;
        good = { ...wanted, view: now.view, box: now.density.box };
        if (!opening.value && !same(now.view, view.value)) reproject(now.view);
        return;
      }
      // A step back after a refusal keeps the sentence about it.
      if (before !== undefined && !isBack) {
        problem.value = undefined;
        refused.value = undefined;
      }
      if (isBack && good !== undefined && same(wanted, pick(good))) return;
      if (opening.value) link.cancelOpening().catch(() => undefined);
      open(wanted, now.view);
    },
    { immediate: true },
  );
  return {
    facts,
    plane,
    view,
    choice,
    box,
    opening,
    problem,
    refused,
    version,
    offer: (file) => ({ kind: "file", name: file.name, copy: files.push(file) - 1 }),
    cancel() {
      cancelled = true;
      link.cancelOpening().catch(() => undefined);
    },
  };
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** What is opened, at the front of a sentence. */
function nameOf(data: DataChoice): string {
  if (data.kind === "file") return data.name;
  return data.kind === "set" ? `“${data.name}”` : "The data";
}

function pick({ data, edits, features }: Wanted): Wanted {
  return { data, edits, features };
}

function sameBox(box: Box, points: Float64Array): boolean {
  const [left, bottom, right, top] = box;
  for (let at = 0; at < points.length; at += 2) {
    if (points[at]! < left || points[at]! > right || points[at + 1]! < bottom || points[at + 1]! > top) return false;
  }
  return true;
}

/** What the worker is to open, or why it cannot. */
function sourceOf(data: DataChoice, files: readonly File[]): Source | string {
  switch (data.kind) {
    case "set": {
      const found = builtInSets.find(({ name }) => name === data.name);
      return found === undefined ? `There is no data set called “${data.name}” here.` : { kind: "url", name: found.name, url: found.url };
    }
    case "file": {
      const copy = data.copy ?? files.findLastIndex(({ name }) => name === data.name);
      const file = files[copy];
      return file === undefined
        ? `The address names the file “${data.name}”, which only its owner has. Drop it on the page to open it.`
        : { kind: "file", file, copy, reading: data.reading ?? {} };
    }
    case "generated":
    case "blank":
      return data;
  }
}
