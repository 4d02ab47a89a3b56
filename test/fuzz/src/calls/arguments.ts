// Arguments of the declared types, with the values that nobody means; of no fitting type where the attack asks for it.
import type { FittedModel } from "@mixtura/core";
import { isClustering, isDensity, isDetector, isMixture, matrix } from "@mixtura/core";
import { createPace, createRandom } from "@mixtura/core/authoring";
import type { Random } from "@mixtura/core/authoring";
import { knownBackends } from "@mixtura/backends";
import { referenceBackend } from "@mixtura/backend";
import ts from "typescript";
import { junk, NUMBERS, pick, TEXTS } from "./junk.ts";
import type { Pool } from "./pool.ts";
import { rowsLike, source, table } from "./rows.ts";

/** What arguments are made with. */
export interface Maker {
  readonly checker: ts.TypeChecker;
  readonly pool: Pool;
  readonly random: Random;
  /** Columns that rows should have, most of the time: those of the model that is asked. */
  readonly columns: number | undefined;
  /** Ends the call, however long its arguments make it. */
  readonly signal: AbortSignal;
}

/** Types whose values cannot be made of their members, or should be real most of the time. By the name that the declaration gives them. */
const KNOWN: Readonly<Record<string, (maker: Maker) => unknown>> = {
  Matrix: ({ random, columns }) => table(random, columns),
  MatrixLike: ({ random, columns }) => rowsLike(random, columns),
  Data: ({ random, columns }) => (random.integer(4) === 0 ? source(random, columns) : rowsLike(random, columns)),
  BlockSource: ({ random, columns }) => source(random, columns),
  MatrixWithGetter: async ({ random, columns }) => {
    const { data, rows, columns: width } = table(random, columns);
    return {
      rows: random.integer(4) === 0 ? 2 ** 31 : rows,
      columns: width,
      get: (row: number, column: number) => data[row * width + column],
    };
  },
  UploadedMatrix: ({ random, columns }) => referenceBackend.matrix(sound(random, columns)),
  DeviceMatrix: ({ random, columns }) => referenceBackend.matrix(sound(random, columns)),
  Float64Array: ({ random, columns }) => Float64Array.from({ length: columns ?? random.integer(5) }, () => pick(random, NUMBERS)),
  Float32Array: ({ random }) => Float32Array.from({ length: random.integer(5) }, () => pick(random, NUMBERS)),
  Int32Array: ({ random }) => Int32Array.from({ length: random.integer(5) }, () => random.integer(4) - 1),
  Uint8Array: ({ random }) => new TextEncoder().encode(pick(random, TEXTS)),
  ArrayLike: ({ random, columns }) => Array.from({ length: columns ?? random.integer(5) }, () => pick(random, NUMBERS)),
  Labels: ({ random }) => Array.from({ length: random.integer(6) }, () => random.integer(3)),
  AbortSignal: ({ signal }) => signal,
  Pace: ({ signal }) => createPace(signal),
  Random: ({ random }) => createRandom(random.integer(1000)),
  Backend: ({ random }) =>
    pick<unknown>(random, [referenceBackend, referenceBackend, { contractVersion: 1, name: "x", precision: "float64" }]),
  BackendReference: () => referenceBackend,
  PassBackend: () => referenceBackend,
  BackendCandidate: ({ random }) => pick(random, Object.values(knownBackends)),
  AnyEstimatorPlugin: ({ pool, random }) => pick(random, pool.plugins),
  EstimatorPlugin: ({ pool, random }) => pick(random, pool.plugins),
  MixturePlugin: ({ pool, random }) => pick(random, pool.plugins),
  Estimator: ({ pool, random }) => pick(random, pool.plugins).create({}),
  FitTrace: ({ pool, random }) => pick(random, pool.models).trace,
  Date: ({ random }) => new Date(pick(random, NUMBERS)),
  ModelJSON: ({ pool, random }) => pick(random, pool.models).toJSON(),
};

function sound(random: Random, columns = 2) {
  return matrix(
    Float64Array.from({ length: 6 * columns }, () => random.normal()),
    6,
    columns,
  );
}

/** Interfaces that models have, and what they are recognised by. */
const MODELS: Readonly<Record<string, (model: FittedModel) => boolean>> = {
  FittedModel: () => true,
  BackendModel: (model) => "withBackend" in model,
  Mixture: isMixture,
  MixtureModel: ({ type }) => type === "GaussianMixture",
  Density: isDensity,
  Clustering: isClustering,
  Detector: isDetector,
};

/** How deep objects in objects are filled in. */
const DEEPEST = 5;

/** A value of a type, most of the time. */
export async function argument(type: ts.Type, maker: Maker, depth = 0): Promise<unknown> {
  const { checker, pool, random } = maker;
  const name = (type.aliasSymbol ?? type.getSymbol())?.name ?? "";
  const known = Object.hasOwn(KNOWN, name) ? KNOWN[name] : undefined;
  if (known !== undefined) return known(maker);
  const fits = Object.hasOwn(MODELS, name) ? MODELS[name]! : (model: FittedModel) => model.constructor.name === name;
  const fitting = pool.models.filter(fits);
  if (fitting.length > 0) return pick(random, fitting);
  const { flags } = type;
  if (flags & ts.TypeFlags.NumberLiteral || flags & ts.TypeFlags.StringLiteral) return (type as ts.LiteralType).value;
  if (flags & ts.TypeFlags.BooleanLike)
    return flags & ts.TypeFlags.BooleanLiteral ? checker.typeToString(type) === "true" : random.integer(2) === 0;
  if (flags & ts.TypeFlags.NumberLike) return random.integer(3) === 0 ? 1 + random.integer(4) : pick(random, NUMBERS);
  if (flags & ts.TypeFlags.StringLike) return pick(random, TEXTS);
  if (flags & ts.TypeFlags.BigIntLike) return 2n ** 70n;
  if (flags & ts.TypeFlags.ESSymbolLike) return Symbol("s");
  if (flags & (ts.TypeFlags.Undefined | ts.TypeFlags.Void)) return undefined;
  if (flags & ts.TypeFlags.Null) return null;
  if (type.isUnion()) return argument(pick(random, type.types), maker, depth);
  if (type.isIntersection()) return ofMembers(type, maker, depth);
  if (flags & ts.TypeFlags.TypeParameter) {
    const constraint = checker.getBaseConstraintOfType(type);
    return constraint === undefined ? junk(random) : argument(constraint, maker, depth);
  }
  if (flags & ts.TypeFlags.NonPrimitive) return pick<object>(random, [{}, [], { a: 1, b: undefined }]);
  if (flags & ts.TypeFlags.Object) return ofObject(type, name, maker, depth);
  return junk(random);
}

async function ofObject(type: ts.Type, name: string, maker: Maker, depth: number): Promise<unknown> {
  const { checker, random } = maker;
  if (checker.isTupleType(type)) return all(checker.getTypeArguments(type as ts.TypeReference), maker, depth);
  if (checker.isArrayType(type)) {
    const item = checker.getTypeArguments(type as ts.TypeReference)[0]!;
    return all(
      Array.from({ length: random.integer(4) }, () => item),
      maker,
      depth,
    );
  }
  const inner = (): Promise<unknown> => argument(checker.getTypeArguments(type as ts.TypeReference)[0]!, maker, depth + 1);
  if (name === "Promise" || name === "PromiseLike") return inner();
  if (name === "Set" || name === "ReadonlySet") return new Set([await inner()]);
  if (name === "Map" || name === "ReadonlyMap") return new Map();
  if (name === "Iterable" || name === "Generator") return [await inner()];
  if (name === "AsyncIterable" || name === "AsyncGenerator") {
    const item = await inner();
    return (async function* () {
      yield item;
    })();
  }
  const [signature] = type.getCallSignatures();
  if (signature !== undefined) {
    const answer = await argument(signature.getReturnType(), maker, depth + 1);
    return () => answer;
  }
  return ofMembers(type, maker, depth);
}

async function all(types: readonly ts.Type[], maker: Maker, depth: number): Promise<unknown[]> {
  const out: unknown[] = [];
  for (const type of types) out.push(await argument(type, maker, depth + 1));
  return out;
}

async function ofMembers(type: ts.Type, maker: Maker, depth: number): Promise<object> {
  const { checker, random, signal } = maker;
  const out: Record<string, unknown> = {};
  for (const member of checker.getPropertiesOfType(type)) {
    if (member.name.startsWith("__")) continue;
    const isOptional = (member.flags & ts.SymbolFlags.Optional) !== 0;
    if (member.name === "signal") out["signal"] = signal;
    else if (!isOptional || (depth < DEEPEST && random.integer(3) === 0))
      out[member.name] = depth < DEEPEST + 3 ? await argument(checker.getTypeOfSymbol(member), maker, depth + 1) : undefined;
  }
  const index = checker.getIndexInfoOfType(type, ts.IndexKind.String)?.type;
  if (index !== undefined) for (const key of ["a", "b"]) out[key] = await argument(index, maker, depth + 1);
  return out;
}
