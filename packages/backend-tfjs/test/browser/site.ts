import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { rolldown } from "rolldown";

/** Bundles page.mjs with the package as it was built, and serves it. */
export async function openSite(): Promise<{ readonly origin: string; close(): void }> {
  const root = join(import.meta.dirname, "..", "..");
  const bundle = await rolldown({
    input: join(import.meta.dirname, "page.mjs"),
    platform: "browser",
    // A package does not find itself in its own node_modules.
    resolve: { alias: { "@mixtura/backend-tfjs": join(root, "dist", "index.js") } },
    logLevel: "silent",
  });
  const { output } = await bundle.generate({ format: "esm" });
  await bundle.close();
  const files = new Map(output.map((file) => [`/${file.fileName}`, file.type === "chunk" ? file.code : file.source]));
  const server = createServer(({ url = "/" }, response) => {
    const file = files.get(url);
    response.writeHead(url === "/" || file !== undefined ? 200 : 404, { "content-type": url === "/" ? "text/html" : "text/javascript" });
    response.end(url === "/" ? '<!doctype html><title>page</title><script type="module" src="/page.js"></script>' : file);
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
