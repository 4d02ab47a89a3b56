import type { Primitives } from "@mixtura/backend";
import { matrix } from "@mixtura/core";
import { createRandom } from "@mixtura/core/authoring";
import { requireSame } from "../../comparison.ts";
import { build } from "../../naive/matrix.ts";
import type { BackendLaw } from "./subject.ts";
import { compute, using } from "./using.ts";

const SAMPLE = matrix(Float64Array.of(1, -2, 3.5, 0, 5, 1e6, -0.25, 8), 4, 2);

const roundTrip: BackendLaw = {
  id: "primitives/round-trip",
  needs: [],
  claim: "gives back what was uploaded, keeps no hold of the host's memory, and knows its shape",
  async check({ backend }) {
    const given = { ...SAMPLE, data: SAMPLE.data.slice() };
    await using(backend, [given], async (handle) => {
      given.data.fill(7);
      const found = await backend.download(handle);
      requireSame(found.data, SAMPLE.data, "download");
      found.data.fill(9);
      requireSame((await backend.download(handle)).data, SAMPLE.data, "second download");
      requireSame([...backend.shape(handle), found.rows, found.columns], [4, 2, 4, 2], "shape");
    });
  },
};

const origin: BackendLaw = {
  id: "primitives/origin",
  needs: [],
  claim: "subtracts the origin in float64, so that an offset of 1e8 costs no digit",
  async check({ backend }) {
    // Multiples of 2⁻²⁰ around 1e8 are exact in float64, and so are their differences, which have at most 24 digits: exact in float32.
    const stream = createRandom(21);
    const small = build(50, 3, () => stream.integer(2 ** 23) * 2 ** -20);
    const far = build(50, 3, (i, j) => small.data[i * 3 + j]! + (j + 1) * 1e8);
    const kept = far.data.slice();
    const handle = await backend.upload(far, { origin: Float64Array.of(1e8, 2e8, 3e8) });
    const found = await backend.download(handle);
    backend.release(handle);
    requireSame(found.data, small.data, "rows less their origin");
    requireSame(far.data, kept, "the host's rows");
  },
};

const rows: BackendLaw = {
  id: "primitives/rows",
  needs: [],
  claim: "gathers rows in the order listed, slices them, and joins columns, to the bit",
  async check({ backend }) {
    const gathered = await compute(backend, [SAMPLE], (x) => backend.gatherRows(x, Int32Array.of(3, 0, 0, 2)));
    requireSame(gathered.data, [-0.25, 8, 1, -2, 1, -2, 5, 1e6], "gatherRows");
    const sliced = await compute(backend, [SAMPLE], (x) => backend.sliceRows(x, 1, 3));
    requireSame(sliced.data, [3.5, 0, 5, 1e6], "sliceRows");
    const all = await compute(backend, [SAMPLE], (x) => backend.sliceRows(x, 0, 4));
    requireSame(all.data, SAMPLE.data, "sliceRows of all");
    const column = matrix(Float64Array.of(10, 20, 30, 40), 4, 1);
    const joined = await compute(backend, [column, SAMPLE, column], (...parts) => backend.joinColumns(parts));
    requireSame(joined.data, [10, 1, -2, 10, 20, 3.5, 0, 20, 30, 5, 1e6, 30, 40, -0.25, 8, 40], "joinColumns");
    const alone = await compute(backend, [column], (part) => backend.joinColumns([part]));
    requireSame([...alone.data, alone.rows, alone.columns], [10, 20, 30, 40, 4, 1], "joinColumns of one");
  },
};

/** Every operation, on two matrices of SAMPLE's shape. */
const OPERATIONS: Readonly<Record<string, (device: Primitives<unknown>, a: unknown, b: unknown) => unknown>> = {
  matmul: (device, a, b) => device.matmul(a, b, { transposeA: true }),
  add: (device, a, b) => device.add(a, b),
  subtract: (device, a, b) => device.subtract(a, b),
  multiply: (device, a, b) => device.multiply(a, b),
  divide: (device, a, b) => device.divide(a, b),
  exp: (device, a) => device.exp(a),
  log: (device, a) => device.log(a),
  square: (device, a) => device.square(a),
  sum: (device, a) => device.sum(a, 1),
  max: (device, a) => device.max(a, 1),
  argmax: (device, a) => device.argmax(a, 1),
  logSumExp: (device, a) => device.logSumExp(a, 1),
  gatherRows: (device, a) => device.gatherRows(a, Int32Array.of(1, 1)),
  sliceRows: (device, a) => device.sliceRows(a, 0, 4),
  joinColumns: (device, a) => device.joinColumns([a]),
};

const newHandles: BackendLaw = {
  id: "primitives/new-handles",
  needs: [],
  claim: "leaves the arguments of every operation alone, and gives a handle that outlives them",
  async check({ backend }) {
    for (const [name, operation] of Object.entries(OPERATIONS)) {
      const [a, b] = [await backend.upload(SAMPLE), await backend.upload(SAMPLE)];
      const result = operation(backend, a, b);
      const before = await backend.download(result);
      requireSame((await backend.download(a)).data, SAMPLE.data, `first argument of ${name}`);
      requireSame((await backend.download(b)).data, SAMPLE.data, `second argument of ${name}`);
      backend.release(a);
      backend.release(b);
      requireSame((await backend.download(result)).data, before.data, `result of ${name} after its arguments were released`);
      backend.release(result);
    }
  },
};

const releaseTwice: BackendLaw = {
  id: "primitives/release-twice",
  needs: [],
  claim: "lets a handle be released twice, and others live on",
  async check({ backend }) {
    await using(backend, [SAMPLE, SAMPLE], async (first, second) => {
      backend.release(first);
      backend.release(first);
      requireSame((await backend.download(second)).data, SAMPLE.data, "the other handle");
    });
  },
};

const scopeSurvivors: BackendLaw = {
  id: "primitives/scope-survivors",
  needs: [],
  claim: "keeps the handles that a scope returns: one, an array or an object of them, also from a scope within a scope",
  async check({ backend }) {
    const doubled = SAMPLE.data.map((value) => 2 * value);
    await using(backend, [SAMPLE], async (x) => {
      const double = (): unknown => backend.add(x, x);
      const one = backend.scope(() => backend.scope(double));
      const [two] = backend.scope(() => [double()]);
      const { three } = backend.scope(() => ({ three: double() }));
      for (const handle of [one, two, three, x]) {
        requireSame((await backend.download(handle)).data, handle === x ? SAMPLE.data : doubled, "a returned handle");
        if (handle !== x) backend.release(handle);
      }
    });
  },
};

const scopeFrees: BackendLaw = {
  id: "primitives/scope-frees",
  needs: ["handles"],
  claim: "frees what a scope makes and does not return, also when its work throws",
  async check({ backend, liveHandles }) {
    const before = liveHandles();
    await using(backend, [SAMPLE], async (x) => {
      const kept = backend.scope(() => backend.exp(backend.add(x, backend.square(x))));
      requireCount(liveHandles() - before, 2, "after a scope that returns one handle");
      backend.release(kept);
      try {
        backend.scope(() => {
          backend.square(x);
          throw new Error("on purpose");
        });
      } catch {
        // what matters is what it left
      }
      requireCount(liveHandles() - before, 1, "after a scope that threw");
    });
    requireCount(liveHandles() - before, 0, "after release");
  },
};

function requireCount(found: number, right: number, where: string): void {
  if (found !== right) throw new Error(`${where} ${found} new handles are alive, right is ${right}`);
}

/** Laws of handles: what they hold, and how long. */
export const handleLaws: readonly BackendLaw[] = [roundTrip, origin, rows, newHandles, releaseTwice, scopeSurvivors, scopeFrees];
