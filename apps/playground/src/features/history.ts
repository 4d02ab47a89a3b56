import type { ComputedRef, Ref } from "vue";
import { computed, onScopeDispose, ref, shallowRef, watch } from "vue";
import type { Vocabulary } from "../state/address.ts";
import { readAddress, writeAddress } from "../state/address.ts";
import { bounds } from "../state/bounds.ts";
import type { History } from "../state/history.ts";
import { changed, redone, retracted, started, undone } from "../state/history.ts";
import type { WorkbenchState } from "../state/state.ts";

/** The state, its past, and the address that holds it. */
export interface HistoryFeature {
  readonly state: ComputedRef<WorkbenchState>;
  readonly canUndo: ComputedRef<boolean>;
  readonly canRedo: ComputedRef<boolean>;
  /** What of the address could not be taken. */
  readonly problems: Ref<readonly string[]>;
  /** The address of this state; absent where it would be too long. */
  readonly address: ComputedRef<string | undefined>;
  /** Changes parts of the state. Changes of one `kind` that follow each other quickly are one step back. */
  readonly change: (parts: Partial<WorkbenchState>, kind?: string) => void;
  /** Leaves the state at hand, which cannot be shown, for the one before or for one with other parts. It is no step that could be undone. */
  readonly retract: (parts: Partial<WorkbenchState>) => void;
  readonly undo: () => void;
  readonly redo: () => void;
}

/** Milliseconds within which changes of a kind are one. */
const JOINED = 900;

/** A history that begins with a state, and has no address. */
export function plainHistory(first: WorkbenchState): HistoryFeature {
  const history = shallowRef<History<WorkbenchState>>(started(first));
  let last = { kind: "", at: 0 };
  const state = computed(() => history.value.present);
  const move = (step: typeof undone): void => {
    history.value = step(history.value);
    last = { kind: "", at: 0 };
  };
  return {
    state,
    canUndo: computed(() => history.value.past.length > 0),
    canRedo: computed(() => history.value.future.length > 0),
    problems: ref([]),
    address: computed(() => {
      const text = writeAddress(state.value);
      return text.length > bounds.address ? undefined : text;
    }),
    change(parts, kind = "") {
      const next = { ...state.value, ...parts };
      if (JSON.stringify(next) === JSON.stringify(state.value)) return;
      const now = performance.now();
      history.value = changed(history.value, next, kind !== "" && kind === last.kind && now - last.at < JOINED);
      last = { kind, at: now };
    },
    retract(parts) {
      const next = { ...state.value, ...parts };
      const isWithParts = (before: WorkbenchState): boolean => JSON.stringify({ ...before, ...parts }) === JSON.stringify(before);
      history.value = retracted(history.value, next, isWithParts);
      last = { kind: "", at: 0 };
    },
    undo: () => move(undone),
    redo: () => move(redone),
  };
}

/** A history that begins with what the page's address says, and that the address follows. */
export function addressedHistory(vocabulary: Vocabulary): HistoryFeature {
  const first = readAddress(location.hash, vocabulary);
  const room = plainHistory(first.state);
  const { address, problems, change } = room;
  problems.value = first.problems;

  // A little later and without entries of its own, so that "back" leaves the page.
  let timer: ReturnType<typeof setTimeout> | undefined;
  const write = (): void => {
    const text = address.value ?? "";
    if (location.hash.replace(/^#/, "") !== text)
      globalThis.history.replaceState(null, "", text === "" ? location.pathname + location.search : `#${text}`);
  };
  watch(address, () => {
    clearTimeout(timer);
    timer = setTimeout(write, 150);
  });
  // Somebody pasted another address.
  const onHash = (): void => {
    if (location.hash.replace(/^#/, "") === (address.value ?? "")) return;
    const read = readAddress(location.hash, vocabulary);
    problems.value = read.problems;
    change(read.state);
  };
  globalThis.addEventListener("hashchange", onHash);
  onScopeDispose(() => {
    clearTimeout(timer);
    globalThis.removeEventListener("hashchange", onHash);
  });
  return room;
}
