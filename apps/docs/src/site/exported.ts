import { readFileSync } from "node:fs";
import { join } from "node:path";

/** What kind of thing an export is to who looks for it. */
export type Kind = "estimator" | "model" | "class" | "function" | "contract" | "type" | "value";

/** Something that an entry of a package exports, as typedoc read it. */
export interface Exported {
  readonly name: string;
  readonly kind: Kind;
  /** The entry that it is imported from: "@mixtura/mixture/density". */
  readonly specifier: string;
  /** The entry as it stands in addresses: "mixture-density". */
  readonly entry: string;
  /** The first sentence that is said about it. */
  readonly sentence: string;
  /** Where typedoc wrote about it, from its folder. */
  readonly file: string;
  /** Properties and methods that it has. */
  readonly size: number;
  /** Exports that its declaration names. */
  readonly mentions: ReadonlySet<number>;
  /** Exports that it extends. */
  readonly parents: readonly number[];
  /** Those that its parameter of options is made of, in order. */
  readonly options: readonly number[];
  /** What a fit resolves to. */
  readonly fits?: number;
}

/** What users import with one name. */
export interface Entry {
  /** "@mixtura/mixture/density" */
  readonly name: string;
  /** "mixture-density" */
  readonly path: string;
  readonly exports: readonly number[];
  /** What it exports that is at home in another entry. */
  readonly others: readonly number[];
}

/** A node of what typedoc wrote; the parts that are read here. */
interface Node {
  readonly id: number;
  readonly name: string;
  readonly kind: number;
  readonly comment?: { readonly summary: readonly { readonly text: string }[] };
  readonly children?: readonly Node[];
  readonly signatures?: readonly Node[];
  readonly parameters?: readonly Node[];
  readonly type?: Type;
  readonly extendedTypes?: readonly Type[];
  readonly target?: number;
}
interface Type {
  readonly type: string;
  readonly target?: unknown;
  readonly name?: string;
  readonly types?: readonly Type[];
  readonly typeArguments?: readonly Type[];
}

const CLASS = 128;
const FUNCTION = 64;
const INTERFACE = 256;
const METHOD = 2048;
const VARIABLE = 32;
const REFERENCE = 4_194_304;
const FOLDERS: Readonly<Record<number, string>> = {
  [CLASS]: "classes",
  [FUNCTION]: "functions",
  [INTERFACE]: "interfaces",
  [VARIABLE]: "variables",
};

/** Everything that is exported, by number, and the entries that export it. */
export function readExported(folder: string): { readonly exported: ReadonlyMap<number, Exported>; readonly entries: readonly Entry[] } {
  const project = JSON.parse(readFileSync(join(folder, "api.json"), "utf8")) as Node;
  const modules = project.children ?? [];
  const nodes = new Map(modules.flatMap(({ children = [] }) => children.map((node) => [node.id, node])));
  const exported = new Map<number, Exported>();
  const entries = modules.map(({ name: module, children = [] }): Entry => {
    const { name, path } = entryOf(module);
    const own = children.filter(({ kind }) => kind !== REFERENCE);
    for (const node of own) {
      const mentions = new Set(referencesIn(node).filter((id) => nodes.has(id) && id !== node.id));
      const constructed = node.children?.find((child) => child.name === "constructor") ?? node;
      const calls = constructed.signatures ?? [];
      const options = calls.flatMap(({ parameters = [] }) =>
        parameters.filter((parameter) => parameter.name === "options" || parameter.type?.name?.endsWith("Options") === true),
      );
      const fit = node.children?.find((child) => child.name === "fit")?.signatures?.[0]?.type?.typeArguments?.[0]?.target;
      exported.set(node.id, {
        name: node.name,
        kind: kindOf(node),
        specifier: name,
        entry: path,
        sentence: sentenceOf(node.comment ?? calls[0]?.comment),
        file: `${module}/${FOLDERS[node.kind] ?? "type-aliases"}/${node.name}.md`,
        size: node.children?.length ?? 0,
        mentions,
        parents: (node.extendedTypes ?? []).flatMap(namedIn).filter((id) => nodes.has(id)),
        options: [...new Set(options.flatMap(({ type }) => namedIn(type)))].filter((id) => nodes.get(id)?.kind === INTERFACE),
        ...(typeof fit === "number" && nodes.has(fit) ? { fits: fit } : {}),
      });
    }
    const others = children.filter(({ kind }) => kind === REFERENCE).map((node) => homeOf(node, nodes));
    return { name, path, exports: own.map(({ id }) => id), others };
  });
  return { exported, entries };
}

/** "packages/mixture/src/density" is "@mixtura/mixture/density", at "mixture-density". */
function entryOf(module: string): { readonly name: string; readonly path: string } {
  const [, folder = "", inner] = /^packages\/([^/]+)\/src(?:\/(.+))?$/.exec(module) ?? [];
  const name = folder === "mixtura" ? folder : `@mixtura/${folder}`;
  return inner === undefined ? { name, path: folder } : { name: `${name}/${inner}`, path: `${folder}-${inner.replaceAll("/", "-")}` };
}

function kindOf({ kind, name, children = [] }: Node): Kind {
  if (kind === FUNCTION) return "function";
  if (kind === VARIABLE) return "value";
  if (kind === CLASS) return children.some((child) => child.name === "fit") ? "estimator" : name.startsWith("Fitted") ? "model" : "class";
  return kind === INTERFACE && children.some((child) => child.kind === METHOD) ? "contract" : "type";
}

function homeOf(node: Node, nodes: ReadonlyMap<number, Node>): number {
  const target = nodes.get(node.target ?? -1);
  return target?.kind === REFERENCE ? homeOf(target, nodes) : (node.target ?? -1);
}

/** Numbers that types refer to, anywhere below. */
function referencesIn(value: unknown): number[] {
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  if (typeof value !== "object" || value === null) return [];
  const own = "type" in value && value.type === "reference" && "target" in value && typeof value.target === "number" ? [value.target] : [];
  return [...own, ...Object.values(value).flatMap(referencesIn)];
}

/** Types that a type is made of: itself, the parts of an intersection or of a union. */
function namedIn(type: Type | undefined): number[] {
  if (type === undefined) return [];
  if (type.types !== undefined) return type.types.flatMap(namedIn);
  return type.type === "reference" && typeof type.target === "number" ? [type.target] : [];
}

function sentenceOf(comment: Node["comment"]): string {
  const text = (comment?.summary ?? [])
    .map((part) => part.text)
    .join("")
    .split(/\n\s*\n/)[0]!
    .replaceAll(/\s+/g, " ")
    .trim();
  return (/^.*?[^.]\.(?= \p{Lu}|$)/u.exec(text)?.[0] ?? text).replace(/:$/, ".");
}
