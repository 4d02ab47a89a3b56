import { grouped } from "@mixtura/wording/internal";
import type { ComputedRef, Ref } from "vue";
import { computed, ref } from "vue";
import { bounds } from "../state/bounds.ts";
import type { Edits } from "../state/state.ts";
import type { DataFeature } from "./data.ts";
import type { HistoryFeature } from "./history.ts";
import type { Link } from "./link.ts";

/** What a hand on the picture does. */
export const tools = ["inspect", "paint", "erase", "drag", "box"] as const;
export type Tool = (typeof tools)[number];

/** Rows drawn, erased and moved by hand. */
export interface HandsFeature {
  readonly tool: Ref<Tool>;
  /** Why rows cannot be changed by hand here, where they cannot. */
  readonly refusal: ComputedRef<string | undefined>;
  readonly add: (points: readonly (readonly [number, number])[]) => Promise<void>;
  readonly remove: (rows: readonly number[]) => void;
  readonly move: (row: number, x: number, y: number) => Promise<void>;
}

export function handsFeature(link: Link, { state, change }: HistoryFeature, data: DataFeature): HandsFeature {
  const tool = ref<Tool>("inspect");
  const refusal = computed(() => {
    const rows = data.facts.value?.rows ?? 0;
    if (rows > bounds.editableRows)
      return `Rows can be drawn and moved by hand up to ${grouped(bounds.editableRows)}; there are ${grouped(rows)}.`;
    if ((data.facts.value?.names.length ?? 2) < 2) return "Rows of one feature are shown as a histogram, which cannot be drawn in.";
    if (data.view.value.kind === "pairs") return "Choose a plane to draw in; a pair plot is only to look at.";
    const { added, removed, moved } = state.value.edits;
    return added.length + removed.length + moved.length >= bounds.edits
      ? `${bounds.edits} rows are changed by hand; that is the most.`
      : undefined;
  });
  const edit = (make: (edits: Edits) => Edits, kind?: string): void => change({ edits: make(state.value.edits) }, kind);
  /** The number of a row in its source, added ones numbered on. */
  const sourceRow = (row: number): number => data.facts.value?.sourceRows?.[row] ?? row;

  return {
    tool,
    refusal,
    async add(points) {
      const answer = await link.lift(points, undefined);
      if (answer.ok) edit((edits) => ({ ...edits, added: [...edits.added, ...answer.value] }));
    },
    remove(rows) {
      const gone = new Set(rows.map(sourceRow));
      edit((edits) => ({
        ...edits,
        // An added row that goes leaves its number to nobody, so that those behind it keep theirs.
        removed: [...edits.removed, ...gone],
        moved: edits.moved.filter(([row]) => !gone.has(row)),
      }));
    },
    async move(row, x, y) {
      const answer = await link.lift([[x, y]], row);
      if (!answer.ok) return;
      const number = sourceRow(row);
      edit(
        (edits) => ({ ...edits, moved: [...edits.moved.filter(([other]) => other !== number), [number, answer.value[0]!]] }),
        `move ${number}`,
      );
    },
  };
}
