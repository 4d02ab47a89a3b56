import type { Ref, ShallowRef } from "vue";
import { ref, shallowRef, watch } from "vue";
import { builtInSets } from "../data/sets.ts";
import type { Box } from "../stage/scale.ts";
import { boxOf, joined } from "../stage/scale.ts";
import { latest } from "../state/latest.ts";
import type { DataChoice, FileData, View, WorkbenchState } from "../state/state.ts";
import { defaultState } from "../state/state.ts";
import type { DataFacts, PlaneRows, Source } from "../worker/protocol.ts";
import type { HistoryFeature } from "./history.ts";
import type { Link } from "./link.ts";

/** The rows that are open, and how they lie in the plane. */
export interface DataFeature {
  readonly facts: ShallowRef<DataFacts | undefined>;
  readonly plane: ShallowRef<PlaneRows | undefined>;
  /** The part of the plane that is shown. */
  readonly box: ShallowRef<Box>;
  readonly opening: Ref<boolean>;
  /** Why the last choice could not be opened. */
  readonly problem: Ref<string | undefined>;
  /** Counts what was opened, so that others can follow. */
  readonly version: Ref<number>;
  /** Takes a file that was chosen or dropped; the answer stands for just this one, however many share its name. */
  readonly offer: (file: File) => FileData;
}

type Opened = Pick<WorkbenchState, "data" | "edits" | "features">;

export function dataFeature(link: Link, { state, retract }: HistoryFeature): DataFeature {
  const facts = shallowRef<DataFacts>();
  const plane = shallowRef<PlaneRows>();
  const box = shallowRef<Box>([0, 0, 10, 10]);
  const opening = ref(true);
  const problem = ref<string>();
  const version = ref(0);
  const files: File[] = [];
  let good: Opened | undefined;
  let steppingBack = false;
  let shown = "";

  const open = latest(async (wanted: Opened) => {
    const source = sourceOf(wanted.data, files);
    if (typeof source === "string") return refuse(wanted, source);
    opening.value = true;
    const answer = await link.open({ source, edits: wanted.edits, features: wanted.features });
    if (!answer.ok) {
      if (answer.failure.code !== "aborted") refuse(wanted, answer.failure.message);
      return;
    }
    good = wanted;
    opening.value = false;
    facts.value = answer.value;
    await project(state.value.view);
    version.value++;
  });

  /** What cannot be opened leaves everything as it was. */
  const refuse = (wanted: Opened, message: string): void => {
    opening.value = false;
    problem.value = message;
    if (JSON.stringify(pick(state.value)) !== JSON.stringify(wanted)) return;
    steppingBack = true;
    retract(good ?? pick(defaultState));
  };

  const project = async (view: View): Promise<void> => {
    const answer = await link.project(view);
    if (!answer.ok) {
      problem.value = answer.failure.message;
      return;
    }
    const { points } = answer.value;
    // What is open, which is not yet what was asked for while a file is read: another source has a part of the plane of its own.
    const place = JSON.stringify([good?.data, good?.features, view]);
    // Rows drawn by hand must not make the picture jump.
    box.value =
      place === shown && points.length > 0 ? (sameBox(box.value, points) ? box.value : joined(box.value, boxOf(points))) : boxOf(points);
    shown = place;
    plane.value = answer.value;
  };
  const reproject = latest(async (view: View) => {
    if (facts.value !== undefined) await project(view);
  });

  watch(
    () => pick(state.value),
    (wanted, before) => {
      if (before !== undefined && JSON.stringify(wanted) === JSON.stringify(before)) return;
      // A step back after a refusal keeps the sentence about it.
      if (before !== undefined && !steppingBack) problem.value = undefined;
      steppingBack = false;
      if (good !== undefined && JSON.stringify(wanted) === JSON.stringify(good)) return;
      open(wanted);
    },
    { immediate: true },
  );
  watch(
    () => JSON.stringify(state.value.view),
    () => reproject(state.value.view),
  );
  return { facts, plane, box, opening, problem, version, offer: (file) => ({ kind: "file", name: file.name, copy: files.push(file) - 1 }) };
}

function pick({ data, edits, features }: WorkbenchState): Opened {
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
        : { kind: "file", file, copy };
    }
    case "generated":
    case "blank":
      return data;
  }
}
