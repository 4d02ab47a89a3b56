import type * as NodeStream from "node:stream";
import type * as Zlib from "node:zlib";
import { readError } from "../table/errors.ts";
import type { LoadLibrary } from "./library.ts";
import { optionalLibrary } from "./library.ts";

type Pieces = AsyncIterator<Uint8Array>;
type Stream = ReadableWritablePair<Uint8Array, Uint8Array>;

/**
 * The text of compressed bytes, piece by piece, as it is asked for.
 *
 * @throws MixturaError `read-error` where the bytes are damaged or end too soon, `not-supported` where the package for Zstandard is missing
 */
export async function* decompressed(
  pieces: Pieces,
  packing: "gzip" | "zstd",
  name: string,
  load: LoadLibrary | undefined,
): AsyncGenerator<Uint8Array, void> {
  const stream = await streamOf(packing, name, load);
  let failed: { readonly error: unknown } | undefined;
  const source = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const step = await pieces.next();
          if (step.done === true) controller.close();
          else controller.enqueue(step.value.slice()); // the next piece may take its memory
        } catch (error) {
          failed = { error };
          controller.error(error);
        }
      },
      cancel: async () => void (await pieces.return?.()),
    },
    { highWaterMark: 0 },
  );
  const reader = source.pipeThrough(stream).getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } catch (error) {
    if (failed !== undefined) throw failed.error;
    const what = packing === "gzip" ? "gzip" : "Zstandard";
    throw readError(
      name,
      `its ${what} data is damaged or cut off (${(error as Error).message}). Compress it again, or pass it uncompressed.`,
      {},
      { cause: error },
    );
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

async function streamOf(packing: "gzip" | "zstd", name: string, load: LoadLibrary | undefined): Promise<Stream> {
  if (packing === "gzip") return nodeGunzip() ?? new DecompressionStream("gzip");
  try {
    return new DecompressionStream("zstd" as never);
  } catch {
    // Node before 24 and most browsers do not know it.
    return zstdStream(await optionalLibrary<Fzstd>("fzstd", `${name} is compressed with Zstandard`, load));
  }
}

interface NodeProcess {
  getBuiltinModule?(name: string): unknown;
}

/** The stream of Node's own: unlike that of pages it reads on where another compressed text follows, as rotated logs and parallel compressors write them. */
function nodeGunzip(): Stream | undefined {
  const { process: node } = globalThis as { readonly process?: NodeProcess };
  const zlib = node?.getBuiltinModule?.("node:zlib") as typeof Zlib | undefined;
  const stream = node?.getBuiltinModule?.("node:stream") as typeof NodeStream | undefined;
  return zlib === undefined || stream === undefined ? undefined : stream.Duplex.toWeb(zlib.createGunzip());
}

/** What is used of the package fzstd. */
interface Fzstd {
  readonly Decompress: new (take: (piece: Uint8Array, last: boolean) => void) => { push(piece: Uint8Array, last?: boolean): void };
}

function zstdStream({ Decompress }: Fzstd): Stream {
  let decoder: InstanceType<Fzstd["Decompress"]>;
  return new TransformStream<Uint8Array, Uint8Array>({
    start(controller) {
      decoder = new Decompress((piece) => {
        if (piece.length > 0) controller.enqueue(piece.slice());
      });
    },
    transform: (piece) => decoder.push(piece),
    flush: () => decoder.push(new Uint8Array(0), true),
  });
}
