interface Shown {
  readonly line: number;
  readonly source: string;
  readonly shown: string;
  readonly failed: boolean;
  /** A text, or a list of texts, as it is: the page looks whether they are pictures. */
  readonly texts: readonly string[];
}

type Packages = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** Makes packages available to an example that runs in this worker, and gathers what its statements give. */
export function startScope(packages: Packages): void {
  const lines: Shown[] = [];
  const scope = globalThis as unknown as Record<string, unknown>;
  scope["mixturaScope"] = {
    packages(name: string): object {
      const found = packages[name];
      if (found === undefined) throw new Error(`${name} cannot be imported here; there are ${Object.keys(packages).join(", ")}.`);
      return found;
    },
    async show(line: number, source: string, work: () => Promise<[unknown]>, mustFail: boolean): Promise<void> {
      try {
        const [value] = await work();
        // A promise that an example does not await may be one that fails.
        if (mustFail) await value;
        if (value !== undefined || mustFail) lines.push({ line, source, shown: text(value), failed: mustFail, texts: textsOf(value) });
      } catch (error) {
        if (!mustFail) throw error;
        lines.push({ line, source, shown: message(error), failed: false, texts: [] });
      }
    },
    finish(error?: unknown): void {
      if (error !== undefined) lines.push({ line: Number.MAX_SAFE_INTEGER, source: "", shown: message(error), failed: true, texts: [] });
      (globalThis as unknown as { postMessage(message: unknown): void }).postMessage(lines);
    },
  };
}

function message(error: unknown): string {
  const { code, message: words } = Object(error) as { code?: string; message?: string };
  return `${code === undefined ? "" : `${code}: `}${words ?? String(error)}`;
}

function textsOf(value: unknown): readonly string[] {
  const items: readonly unknown[] = Array.isArray(value) ? value : [value];
  return items.every((item) => typeof item === "string") ? items : [];
}

/** Items of a list that are shown. */
const ITEMS = 12;

/** A value as a program would write it, short. */
function text(value: unknown, depth = 0): string {
  if (typeof value === "string")
    return depth === 0 && value.length > 400 ? `${JSON.stringify(value.slice(0, 380))} …` : JSON.stringify(value);
  if (typeof value === "function") return "a function";
  if (typeof value !== "object" || value === null) return Object.is(value, -0) ? "-0" : String(value);
  if (value instanceof Promise) return "a promise (await is missing)";
  if (depth > 3) return "…";
  if (Array.isArray(value) || ArrayBuffer.isView(value)) {
    const items = value as unknown as ArrayLike<unknown>;
    const some = Array.from({ length: Math.min(ITEMS, items.length) }, (_, index) => text(items[index], depth + 1));
    const name = Array.isArray(value) ? "" : `${value.constructor.name} `;
    return `${name}[${some.join(", ")}${items.length > ITEMS ? `, … ${items.length} in all` : ""}]`;
  }
  const fields = Object.entries(value);
  return `{ ${fields
    .slice(0, ITEMS)
    .map(([name, field]) => `${name}: ${text(field, depth + 1)}`)
    .join(", ")}${fields.length > ITEMS ? ", …" : ""} }`;
}
