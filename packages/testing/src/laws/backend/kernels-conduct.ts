import { CHUNK_ROWS } from "@mixtura/backend";
import { isMixturaError } from "@mixtura/core";
import type { Pace } from "@mixtura/core/authoring";
import { createPace } from "@mixtura/core/authoring";
import { requireSame } from "../../comparison.ts";
import { watchWork } from "../../work-watch.ts";
import { EVERY_KERNEL } from "./every-kernel.ts";
import type { Case } from "./fixtures.ts";
import { drawCase } from "./fixtures.ts";
import type { BackendLaw } from "./subject.ts";
import { onData } from "./using.ts";

const modest = (): Case => drawCase({ rows: 400, features: 3, count: 3, shape: "full", shared: false, seed: 61 });
const threeChunks = (): Case => drawCase({ rows: 2 * CHUNK_ROWS + 100, features: 2, count: 2, shape: "full", shared: false, seed: 62 });

const untouched: BackendLaw = {
  id: "kernels/inputs-untouched",
  needs: [],
  claim: "writes to none of their arguments",
  async check({ backend }) {
    const [item, copy] = [modest(), modest()];
    await onData(backend, item.data, async (handle) => {
      for (const [name, kernel] of Object.entries(EVERY_KERNEL)) {
        await kernel(backend, handle, item);
        requireSame((await backend.download(handle)).data, copy.data.data, `data after ${name}`);
        for (const field of ["centres", "rowWeights", "labels", "potentials"] as const)
          requireSame(item[field], copy[field], `${field} after ${name}`);
        for (const field of ["means", "whitening", "logOffsets"] as const)
          requireSame(item.components[field], copy.components[field], `${field} after ${name}`);
      }
    });
  },
};

const sameBits: BackendLaw = {
  id: "kernels/same-bits",
  needs: [],
  claim: "give the same bits when called again, and when called all at once",
  async check({ backend }) {
    const item = modest();
    await onData(backend, item.data, async (handle) => {
      const calls = Object.entries(EVERY_KERNEL);
      const inTurn: number[][] = [];
      for (const [, kernel] of calls) inTurn.push(await kernel(backend, handle, item));
      const impatient: Pace = { ...createPace(), due: () => true };
      const atOnce = await Promise.all(calls.map(([, kernel]) => kernel(backend, handle, item, impatient)));
      calls.forEach(([name], index) => requireSame(atOnce[index]!, inTurn[index]!, name));
    });
  },
};

const abort: BackendLaw = {
  id: "kernels/abort",
  needs: [],
  claim: "reject with code aborted, when aborted beforehand and half way",
  async check({ backend }) {
    const item = threeChunks();
    await onData(backend, item.data, async (handle) => {
      for (const [name, kernel] of Object.entries(EVERY_KERNEL)) {
        await requireAborted(kernel(backend, handle, item, createPace(AbortSignal.abort())), `${name}, aborted beforehand`);
        await requireAborted(kernel(backend, handle, item, abortAtFirstTurn()), `${name}, aborted half way`);
      }
    });
  },
};

const stall: BackendLaw = {
  id: "kernels/event-loop",
  needs: ["calling-thread"],
  claim: "never work for 50 ms without letting the event loop turn",
  async check({ backend }) {
    const item = drawCase({ rows: 20_000, features: 8, count: 4, shape: "full", shared: false, seed: 63 });
    const where = `${item.data.rows} rows, d = 8, k = 4, full covariances`;
    // Compiling and collecting garbage come at the kernel's cost, and not every time: the best of a few tries is its own.
    let worst = Infinity;
    await onData(backend, item.data, async (handle) => {
      for (let attempt = 0; attempt < 3 && worst > 25; attempt++) {
        const options = { centres: item.centres, scatter: "full", assignment: "soft", pace: createPace() } as const;
        const longest = await watchWork(async (watch) => {
          await backend.kernels.expectation(handle, item.components, options);
          return watch.longestStall;
        });
        worst = Math.min(worst, longest());
      }
    });
    return { worst, tolerance: 50, unit: "ms of processor time", where, reason: "what people and request handlers do not notice" };
  },
};

const nothingLeft: BackendLaw = {
  id: "kernels/nothing-left",
  needs: ["handles"],
  claim: "leave no handle alive, also when aborted",
  async check({ backend, liveHandles }) {
    const item = threeChunks();
    let worst = 0;
    let where = "";
    await onData(backend, item.data, async (handle) => {
      for (const [name, kernel] of Object.entries(EVERY_KERNEL)) {
        const before = liveHandles();
        await kernel(backend, handle, item);
        note(liveHandles() - before, name);
        await kernel(backend, handle, item, abortAtFirstTurn()).catch(() => undefined);
        note(liveHandles() - before, `${name}, aborted`);
      }
    });
    return { worst, tolerance: 0, unit: "handles", where, reason: "device memory is not the garbage collector's" };

    function note(left: number, name: string): void {
      if (Math.abs(left) >= Math.abs(worst)) [worst, where] = [Math.abs(left), name];
    }
  },
};

const deviceMatrix: BackendLaw = {
  id: "matrix/centred",
  needs: [],
  claim: "uploads data relative to its column means, keeps the host's rows, and can be disposed of twice",
  async check({ backend }) {
    const { data } = modest();
    const uploaded = await backend.matrix(data);
    const found = await backend.download(uploaded.handle);
    requireSame(
      found.data,
      data.data.map((value, index) =>
        backend.precision === "float32" ? Math.fround(value - uploaded.origin[index % 3]!) : value - uploaded.origin[index % 3]!,
      ),
      "rows on the device",
    );
    if (uploaded.host.data !== data.data || uploaded.rows !== data.rows || uploaded.backendName !== backend.name) {
      throw new Error("the uploaded matrix does not represent the host's rows");
    }
    await uploaded[Symbol.asyncDispose]();
    await uploaded[Symbol.asyncDispose]();
  },
};

/** A pace that is always due, and during whose first turn the work is aborted. */
function abortAtFirstTurn(): Pace {
  const controller = new AbortController();
  const pace = createPace(controller.signal);
  return {
    ...pace,
    due: () => true,
    turn: () => {
      controller.abort();
      return pace.turn();
    },
  };
}

async function requireAborted(work: Promise<unknown>, where: string): Promise<void> {
  const outcome: unknown = await work.then(
    () => "a result",
    (error: unknown) => error,
  );
  if (!isMixturaError(outcome, "aborted")) throw new Error(`${where}: gave ${String(outcome)} instead of the error "aborted"`);
}

/** Laws of the behaviour of all kernels. */
export const conductLaws: readonly BackendLaw[] = [untouched, sameBits, abort, stall, nothingLeft, deviceMatrix];
