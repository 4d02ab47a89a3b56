// What there is to call: exported functions, constructors, static methods, methods of fitted models and of what hangs on them.
import type { FittedModel } from "@mixtura/core";
import type { Declarations, Entry, Parameter } from "./declarations.ts";
import type { Pool } from "./pool.ts";

/** Something that can be called. */
export interface Target {
  /** "@mixtura/core: toRows", "FittedKMeans.predict" */
  readonly name: string;
  /** One of them is chosen for a call. */
  readonly signatures: readonly (readonly Parameter[])[];
  /** The model whose method it is. */
  readonly model?: FittedModel;
  call(values: readonly unknown[]): unknown;
}

type Callable = (...values: readonly unknown[]) => unknown;

/** Everything that packages export, and every method of the models of the pool. */
export async function surface(list: readonly Entry[], declarations: Declarations, { models }: Pool): Promise<readonly Target[]> {
  const targets: Target[] = [];
  const methods = new Map<string, ReadonlyMap<string, readonly (readonly Parameter[])[]>>();
  for (const entry of list) {
    const exported = await entry.load();
    for (const [name, signatures] of declarations.functions(entry)) {
      const run = exported[name] as Callable;
      targets.push({ name: `${entry.name}: ${name}`, signatures, call: (values) => run(...values) });
    }
    for (const [name, signatures] of declarations.constructors(entry)) {
      const Class = exported[name] as new (...values: readonly unknown[]) => unknown;
      if (!isModelClass(name)) targets.push({ name: `${entry.name}: new ${name}`, signatures, call: (values) => new Class(...values) });
    }
    for (const [name, members] of declarations.statics(entry)) {
      const Class = exported[name] as Readonly<Record<string, Callable>>;
      for (const [member, signatures] of members)
        targets.push({ name: `${entry.name}: ${name}.${member}`, signatures, call: (values) => Class[member]!(...values) });
    }
    for (const [name, members] of declarations.methods(entry)) methods.set(name, members);
  }
  for (const model of models) targets.push(...ofModel(model, methods));
  return targets;
}

/** Models come from fits and files; their constructors are closed. */
function isModelClass(name: string): boolean {
  return name.startsWith("Fitted") || name.endsWith("Base");
}

function ofModel(
  model: FittedModel,
  methods: ReadonlyMap<string, ReadonlyMap<string, readonly (readonly Parameter[])[]>>,
): readonly Target[] {
  const { name } = model.constructor;
  const declared = methods.get(name);
  if (declared === undefined) throw new Error(`no declarations of ${name}`);
  const members = model as unknown as Readonly<Record<string, Callable>>;
  return [...declared]
    .filter(([member]) => typeof members[member] === "function")
    .map(([member, signatures]) => ({ name: `${name}.${member}`, signatures, model, call: (values) => members[member]!(...values) }));
}
