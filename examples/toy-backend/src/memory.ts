/**
 * What the device knows of a matrix. The host holds no numbers, only a
 * name for them.
 */
export interface Handle {
  readonly id: number;
}

/**
 * A matrix in the device's memory: column after column, as Fortran and
 * many accelerators have it.
 */
export interface Slab {
  readonly data: Float64Array;
  readonly rows: number;
  readonly columns: number;
}

/** The device's memory. */
export interface Memory {
  /** Stores a matrix. In a scope, the scope owns it. */
  readonly store: (slab: Slab) => Handle;
  /** Reads a matrix; a released handle is an error. */
  readonly read: (handle: Handle) => Slab;
  /** Frees a matrix. Releasing twice does nothing. */
  readonly release: (handle: Handle) => void;
  /** Frees what `work` stores and does not return. */
  readonly scope: <T>(work: () => T) => T;
  /** How many matrices are alive. */
  readonly liveHandles: () => number;
}

/** An empty memory. */
export function createMemory(): Memory {
  const slabs = new Map<number, Slab>();
  const scopes: Set<Handle>[] = [];
  let nextId = 0;

  const memory: Memory = {
    store(slab) {
      const handle = Object.freeze({ id: nextId++ });
      slabs.set(handle.id, slab);
      scopes.at(-1)?.add(handle);
      return handle;
    },
    read(handle) {
      const slab = slabs.get(handle.id);
      if (slab === undefined)
        throw new Error(`toy: handle ${handle.id} was released.`);
      return slab;
    },
    release: (handle) => void slabs.delete(handle.id),
    scope(work) {
      const made = new Set<Handle>();
      let survivors = new Set<unknown>();
      scopes.push(made);
      try {
        const result = work();
        // One handle, or an array or plain object of them.
        survivors = new Set<unknown>([
          result,
          ...(typeof result === "object" && result !== null
            ? Object.values(result)
            : []),
        ]);
        return result;
      } finally {
        scopes.pop();
        for (const handle of made) {
          if (survivors.has(handle)) scopes.at(-1)?.add(handle);
          else memory.release(handle);
        }
      }
    },
    liveHandles: () => slabs.size,
  };
  return memory;
}
