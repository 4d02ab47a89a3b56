import type { ComputedRef, Ref, ShallowRef } from "vue";
import { computed, ref, shallowRef, watch } from "vue";
import type { Tool } from "../features/hands.ts";
import type { Workbench } from "../features/workbench.ts";
import { latest } from "../state/latest.ts";
import type { Explanation } from "../worker/protocol.ts";
import { nearestRow, rowsNear } from "./nearest.ts";
import type { Box, Scale } from "./scale.ts";
import { rounded } from "./scale.ts";

/** What a hand or the keyboard does on the picture. */
export interface HandOnStage {
  /** The rows as they lie now, those under the hand included. */
  readonly points: ComputedRef<Float64Array | undefined>;
  readonly colours: ComputedRef<Uint32Array>;
  /** The place of the keyboard, in the plane. */
  readonly cursor: ShallowRef<readonly [number, number] | undefined>;
  /** The box while it is drawn. */
  readonly draft: ShallowRef<Box | undefined>;
  /** The row, or place, that is asked about. */
  readonly asked: ShallowRef<
    { readonly x: number; readonly y: number; readonly row: number | undefined; readonly answer: Explanation } | undefined
  >;
  /** What happened, for those who listen. */
  readonly said: Ref<string>;
  readonly advice: ComputedRef<string>;
  readonly down: (event: PointerEvent) => void;
  readonly move: (event: PointerEvent) => void;
  readonly up: (event: PointerEvent) => void;
  readonly leave: () => void;
  readonly key: (event: KeyboardEvent) => void;
}

/** Pixels within which a hand means a row, and within which it erases. */
const REACH = 14;
const ERASER = 16;
/** Pixels between the rows of a stroke of the brush, and how far they stray. */
const STROKE = 13;
const STRAY = 9;

const ADVICE: Readonly<Record<Tool, string>> = {
  inspect: "Arrow keys move a cross, Enter explains the place.",
  paint: "Arrow keys move a cross, Enter adds a row there.",
  erase: "Arrow keys move a cross, Enter removes the nearest row.",
  drag: "Arrow keys move a cross, Enter picks the nearest row up and puts it down.",
  box: "Arrow keys move a cross, Enter sets a corner of the box.",
};

function shortened([left, bottom, right, top]: Box): Box {
  return [rounded(left, left, right), rounded(bottom, bottom, top), rounded(right, left, right), rounded(top, bottom, top)];
}

export function handsOn(workbench: Workbench, scale: ComputedRef<Scale>, plane: Ref<HTMLElement | undefined>): HandOnStage {
  const { hands, data, paint, history, link, fit } = workbench;
  const cursor = shallowRef<readonly [number, number]>();
  const draft = shallowRef<Box>();
  const asked = shallowRef<HandOnStage["asked"]["value"]>();
  const said = ref("");
  /** Rows of the stroke under way, erased rows, and a row being moved. */
  const stroke = shallowRef<readonly (readonly [number, number])[]>([]);
  const erased = shallowRef<ReadonlySet<number>>(new Set());
  const held = shallowRef<{ readonly row: number; readonly x: number; readonly y: number }>();
  let pressed: { readonly x: number; readonly y: number } | undefined;
  let corner: readonly [number, number] | undefined;

  const points = computed(() => {
    const all = data.plane.value?.points;
    if (all === undefined || (stroke.value.length === 0 && held.value === undefined && erased.value.size === 0)) return all;
    const out = new Float64Array(all.length + 2 * stroke.value.length);
    out.set(all);
    stroke.value.forEach(([x, y], index) => out.set([x, y], all.length + 2 * index));
    if (held.value !== undefined) out.set([held.value.x, held.value.y], 2 * held.value.row);
    for (const row of erased.value) out.fill(Number.NaN, 2 * row, 2 * row + 2);
    return out;
  });
  const colours = computed(() => {
    const all = paint.colours.value;
    const wanted = (points.value?.length ?? 0) / 2;
    if (all.length >= wanted) return all;
    const out = new Uint32Array(wanted).fill(0xff888888);
    out.set(all);
    return out;
  });
  // What was in the hand has become rows.
  watch(data.version, () => {
    stroke.value = [];
    erased.value = new Set();
    held.value = undefined;
    asked.value = undefined;
  });

  const at = (event: PointerEvent): readonly [number, number] => {
    const { left, top } = plane.value!.getBoundingClientRect();
    return [event.clientX - left, event.clientY - top];
  };
  const inPlane = (x: number, y: number): readonly [number, number] => [scale.value.across(x), scale.value.up(y)];
  const rowAt = (x: number, y: number, reach = REACH): number | undefined => {
    const all = data.plane.value?.points;
    return all === undefined ? undefined : nearestRow(all, scale.value, x, y, reach);
  };
  const ask = latest(async (x: number, y: number, row: number | undefined, aloud: boolean) => {
    if (fit.facts.value === undefined) return;
    const version = data.version.value;
    const answer = await link.explain(row === undefined ? { x, y } : { row });
    if (!answer.ok || version !== data.version.value) return;
    asked.value = { x, y, row, answer: answer.value };
    if (aloud) said.value = spoken(asked.value);
  });
  const spoken = ({ row, answer }: NonNullable<HandOnStage["asked"]["value"]>): string => {
    const names = data.facts.value!.names;
    const values = answer.values.slice(0, 6).map((value, j) => `${names[j]} ${Number(value.toPrecision(4))}`);
    const reasons = answer.reasons.map(({ feature, words }) => `${feature} ${words}`);
    return [
      row === undefined ? "No row here." : `Row ${row + 1}.`,
      values.join(", "),
      answer.label === undefined ? "" : `component ${answer.label}`,
      answer.score === undefined ? "" : `log-density ${answer.score.toPrecision(4)}`,
      reasons.join("; "),
    ]
      .filter((part) => part !== "")
      .join(" ");
  };
  const usable = (): boolean => {
    if (hands.tool.value === "inspect" || hands.tool.value === "box" || hands.refusal.value === undefined) return true;
    said.value = hands.refusal.value;
    return false;
  };

  const spray = (x: number, y: number): void => {
    // A pattern rather than chance: the same stroke gives the same rows.
    const turn = stroke.value.length * 2.39996;
    const far = STRAY * Math.sqrt(((stroke.value.length * 7) % 13) / 13);
    stroke.value = [...stroke.value, inPlane(x + far * Math.cos(turn), y + far * Math.sin(turn))];
  };
  const rub = (x: number, y: number): void => {
    const all = data.plane.value?.points;
    if (all !== undefined) erased.value = new Set([...erased.value, ...rowsNear(all, scale.value, x, y, ERASER)]);
  };
  let moving = false;
  const carry = (x: number, y: number): void => {
    if (held.value === undefined) return;
    const [px, py] = inPlane(x, y);
    held.value = { row: held.value.row, x: px, y: py };
    if (moving) return;
    moving = true;
    const { row } = held.value;
    void hands.move(row, px, py).finally(() => (moving = false));
  };
  const setBox = (a: readonly [number, number], b: readonly [number, number]): Box => [
    Math.min(a[0], b[0]),
    Math.min(a[1], b[1]),
    Math.max(a[0], b[0]),
    Math.max(a[1], b[1]),
  ];
  const keepBox = (box: Box): void => {
    draft.value = undefined;
    if (box[2] > box[0] && box[3] > box[1])
      history.change({
        density: { ...history.state.value.density, box: shortened(box) },
      });
  };

  return {
    points,
    colours,
    cursor,
    draft,
    asked,
    said,
    advice: computed(() => ADVICE[hands.tool.value]),
    down(event) {
      if (event.button !== 0 || !usable()) return;
      const [x, y] = at(event);
      pressed = { x, y };
      plane.value!.setPointerCapture(event.pointerId);
      if (hands.tool.value === "paint") spray(x, y);
      if (hands.tool.value === "erase") rub(x, y);
      if (hands.tool.value === "drag") {
        const row = rowAt(x, y);
        if (row !== undefined) held.value = { row, x: inPlane(x, y)[0], y: inPlane(x, y)[1] };
      }
      if (hands.tool.value === "box") corner = inPlane(x, y);
      if (hands.tool.value === "inspect") ask(...inPlane(x, y), rowAt(x, y, 22), false);
    },
    move(event) {
      const [x, y] = at(event);
      const tool = hands.tool.value;
      if (tool === "inspect" && event.pointerType === "mouse") {
        const row = rowAt(x, y);
        if (row === undefined) asked.value = undefined;
        else if (row !== asked.value?.row) ask(...inPlane(x, y), row, false);
      }
      if (pressed === undefined) return;
      if (tool === "paint" && Math.hypot(x - pressed.x, y - pressed.y) > STROKE) {
        pressed = { x, y };
        spray(x, y);
      }
      if (tool === "erase") rub(x, y);
      if (tool === "drag") carry(x, y);
      if (tool === "box" && corner !== undefined) draft.value = setBox(corner, inPlane(x, y));
    },
    up(event) {
      if (pressed === undefined) return;
      pressed = undefined;
      const [x, y] = at(event);
      if (stroke.value.length > 0) void hands.add(stroke.value);
      if (erased.value.size > 0) hands.remove([...erased.value]);
      if (held.value !== undefined) void hands.move(held.value.row, ...inPlane(x, y));
      if (corner !== undefined) keepBox(setBox(corner, inPlane(x, y)));
      corner = undefined;
    },
    leave() {
      asked.value = undefined;
      if (pressed === undefined) return;
      pressed = undefined;
      draft.value = undefined;
      corner = undefined;
      if (stroke.value.length > 0) void hands.add(stroke.value);
    },
    key(event) {
      const { frame } = scale.value;
      const step = event.shiftKey ? 40 : 8;
      const by = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] }[event.key];
      const here = cursor.value ?? inPlane((frame.left + frame.right) / 2, (frame.top + frame.bottom) / 2);
      const [x, y] = [scale.value.x(here[0]), scale.value.y(here[1])];
      if (by !== undefined) {
        event.preventDefault();
        const next = inPlane(
          Math.max(frame.left, Math.min(frame.right, x + by[0]!)),
          Math.max(frame.top, Math.min(frame.bottom, y + by[1]!)),
        );
        cursor.value = next;
        if (held.value !== undefined) held.value = { row: held.value.row, x: next[0], y: next[1] };
        if (corner !== undefined) draft.value = setBox(corner, next);
        return;
      }
      if (event.key === "Escape") {
        cursor.value = undefined;
        draft.value = undefined;
        corner = undefined;
        held.value = undefined;
        asked.value = undefined;
        return;
      }
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      cursor.value = here;
      if (!usable()) return;
      act(x, y, here);
    },
  };

  /** What Enter does at the cross. */
  function act(x: number, y: number, here: readonly [number, number]): void {
    const near = rowAt(x, y, 60);
    switch (hands.tool.value) {
      case "inspect":
        ask(...here, rowAt(x, y, 22), true);
        return;
      case "paint":
        void hands.add([here]);
        said.value = "Row added.";
        return;
      case "erase":
        if (near !== undefined) hands.remove([near]);
        said.value = near === undefined ? "No row is near." : "Row removed.";
        return;
      case "drag":
        if (held.value !== undefined) {
          void hands.move(held.value.row, ...here);
          said.value = "Row put down.";
        } else if (near !== undefined) {
          held.value = { row: near, x: here[0], y: here[1] };
          said.value = `Row ${near + 1} picked up.`;
        } else said.value = "No row is near.";
        return;
      case "box":
        if (corner === undefined) {
          corner = here;
          said.value = "First corner set.";
        } else {
          keepBox(setBox(corner, here));
          corner = undefined;
          said.value = "Box set.";
        }
    }
  }
}
