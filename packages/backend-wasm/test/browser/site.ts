import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { rolldown } from "rolldown";

/** Headers that a page comes with, by its name. */
export const PAGES = {
  isolated: { "cross-origin-opener-policy": "same-origin", "cross-origin-embedder-policy": "require-corp" },
  ordinary: {},
  // Scripts yes, WebAssembly no: that would need 'wasm-unsafe-eval'.
  strict: { "content-security-policy": "default-src 'self'; script-src 'self'" },
  // Workers no: theirs come as blobs.
  workerless: {
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-embedder-policy": "require-corp",
    "content-security-policy": "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'none'",
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Bundles page.mjs with the package as it was built, and serves it at `/<page>/`. */
export async function openSite(): Promise<{ readonly origin: string; close(): void }> {
  const root = join(import.meta.dirname, "..", "..");
  const bundle = await rolldown({
    input: join(import.meta.dirname, "page.mjs"),
    platform: "browser",
    // A package does not find itself in its own node_modules.
    resolve: { alias: { "@mixtura/backend-wasm": join(root, "dist", "index.js") } },
  });
  const { output } = await bundle.generate({ format: "esm", minify: true });
  await bundle.close();
  const files = new Map(output.map((file) => [file.fileName, file.type === "chunk" ? file.code : file.source]));

  const server = createServer(({ url = "/" }, response) => {
    const [, page = "", file = ""] = url.split("/");
    const headers = page in PAGES ? PAGES[page as keyof typeof PAGES] : {};
    if (file === "") {
      response.writeHead(200, { "content-type": "text/html", ...headers });
      response.end('<!doctype html><title>page</title><script type="module" src="page.js"></script>');
    } else if (files.has(file)) {
      response.writeHead(200, { "content-type": "text/javascript", ...headers });
      response.end(files.get(file));
    } else {
      response.writeHead(404, headers).end();
    }
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
