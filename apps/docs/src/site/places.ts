import type { Exported, Kind } from "./exported.ts";

/** Where an export is described: on a page of its own, or in a part of another's. */
export interface Place {
  /** "api/mixture/GaussianMixture" */
  readonly page: string;
  /** The anchor of its part, where the page is not its own. */
  readonly slug: string | undefined;
  /** The export whose page it stands on; absent on its own page and on the page of small types. */
  readonly host: number | undefined;
}

/** From this number of properties on, a type that several use has a page of its own: the page of all small ones stays short. */
const LARGE = 5;

const PAGES: ReadonlySet<Kind> = new Set(["estimator", "model", "class", "function", "contract"]);

/**
 * Classes, functions, contracts and large types have pages of their own. A small type stands on the page of the one that uses it, options on that of
 * the first that takes them; what several use stands on one page of the entry's types.
 */
export function placesOf(exported: ReadonlyMap<number, Exported>): ReadonlyMap<number, Place> {
  const called = new Map([...exported.values()].filter(({ kind }) => kind === "function").map((made) => [keyOf(made), made]));
  // Some file systems do not tell capitals from small letters: what a function of the same letters makes is described on its page.
  const owners = [...exported].filter(([, made]) => PAGES.has(made.kind) && (called.get(keyOf(made)) ?? made) === made);
  const own = new Map(owners.map(([id, { entry, name }]) => [id, `api/${entry}/${name}`]));
  const hosts = new Map<number, number | undefined>();
  /** The one that uses a type, directly or by another small type; nothing where there are several, or some in other entries, or none. */
  const hostOf = (id: number, asked: ReadonlySet<number> = new Set()): number | undefined => {
    if (hosts.has(id)) return hosts.get(id);
    const { entry } = exported.get(id)!;
    const mentioning = [...exported].filter(([other, { mentions }]) => other !== id && mentions.has(id));
    const namesake = owners.find(([, other]) => keyOf(other) === keyOf(exported.get(id)!));
    const taking = owners.find(([, other]) => other.entry === entry && other.options.includes(id));
    const users = mentioning
      .filter(([other]) => !asked.has(other))
      .map(([other]) => (own.has(other) ? other : hostOf(other, new Set([...asked, id]))));
    const only = new Set(users).size === 1 && mentioning.every(([, other]) => other.entry === entry) ? users[0] : undefined;
    const host = namesake?.[0] ?? taking?.[0] ?? only;
    hosts.set(id, host);
    return host;
  };
  return new Map(
    [...exported].map(([id, { entry, name, size }]): [number, Place] => {
      const page = own.get(id);
      if (page !== undefined) return [id, { page, slug: undefined, host: undefined }];
      const host = hostOf(id);
      if (host === undefined && size >= LARGE) return [id, { page: `api/${entry}/${name}`, slug: undefined, host }];
      if (host === undefined) return [id, { page: `api/${entry}/types`, slug: slugFor(name), host }];
      return [id, { page: own.get(host)!, slug: exported.get(host)!.options.includes(id) ? "options" : slugFor(name), host }];
    }),
  );
}

/** A property of the page's subject may have the same name. */
function slugFor(name: string): string {
  return `type-${name.toLowerCase()}`;
}

function keyOf({ entry, name }: Exported): string {
  return `${entry}/${name}`.toLowerCase();
}
