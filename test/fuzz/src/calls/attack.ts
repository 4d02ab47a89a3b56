// One random call after another.
import { createRandom } from "@mixtura/core/authoring";
import type { Random } from "@mixtura/core/authoring";
import { argument } from "./arguments.ts";
import { declarationsOf, entries } from "./declarations.ts";
import { junk, pick } from "./junk.ts";
import { finding } from "./outcome.ts";
import { createPool } from "./pool.ts";
import type { Target } from "./surface.ts";
import { surface } from "./surface.ts";

/** Something that a call must not do. */
export interface Finding {
  readonly target: string;
  readonly problem: string;
  /** Comes back by `one(index)`. */
  readonly index: number;
  readonly values: readonly unknown[];
}

/** Which targets are called, and what of their outcomes is by design. */
export interface Rules {
  /** Not called. */
  readonly closed: (target: string) => boolean;
  /** Called by the declared types only. */
  readonly trusting: (target: string) => boolean;
  /** Whether a finding is what the docs say. */
  readonly documented: (target: string, problem: string, values: readonly unknown[]) => boolean;
}

/** The random calls of a seed, each of which can be made alone. */
export async function attack(seed: number, rules: Rules) {
  const list = entries();
  const declarations = declarationsOf(list);
  const pool = await createPool();
  const targets = (await surface(list, declarations, pool)).filter(({ name }) => !rules.closed(name));
  const { checker } = declarations;

  async function one(index: number, before?: (target: Target, values: readonly unknown[]) => void): Promise<Finding | undefined> {
    const random = createRandom(seed, index);
    const target = pick(random, targets);
    const controller = new AbortController();
    const maker = {
      checker,
      pool,
      random,
      columns: random.integer(5) === 0 ? undefined : (target.model?.featureCount ?? 2),
      signal: random.integer(40) === 0 ? AbortSignal.abort("at once") : controller.signal,
    };
    const values: unknown[] = [];
    for (const { type } of pick(random, target.signatures)) values.push(await argument(type, maker));
    if (!rules.trusting(target.name) && random.integer(3) === 0) mutilate(values, random);
    before?.(target, values);
    const timer = setTimeout(() => controller.abort("long enough"), PATIENCE);
    try {
      const problem = await finding(() => target.call(values), pool);
      return problem === undefined || rules.documented(target.name, problem, values)
        ? undefined
        : { target: target.name, problem, index, values };
    } finally {
      clearTimeout(timer);
    }
  }
  return { targets, one };
}

/** Milliseconds after which a call that can be cancelled is. What comes of it is the same finding or none, however fast the machine is. */
const PATIENCE = 50;

/** Puts something of no fitting type in one place, or leaves arguments out. */
function mutilate(values: unknown[], random: Random): void {
  if (random.integer(5) === 0) values.length = random.integer(values.length + 1);
  else if (values.length > 0) values[random.integer(values.length)] = junk(random);
}
