import { existsSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { rolldown } from "rolldown";
import type { Shape } from "../em/shape.ts";
import type { MeasuredIterations } from "./iterations.ts";

/** A page in Chromium that measures graphics engines. */
export interface EnginePage {
  /** The graphics device that the engine found: "SwiftShader" is software on the processor. */
  device(engine: "webgl" | "webgpu"): Promise<string>;
  measure(engine: "webgl" | "webgpu", shape: Shape, seed: number, iterations: number): Promise<MeasuredIterations>;
  close(): Promise<void>;
}

const executablePath = process.env["CHROMIUM"] ?? "/usr/bin/chromium";

/** Opens the page; rejects where there is no Chromium. */
export async function openEnginePage(): Promise<EnginePage> {
  if (!existsSync(executablePath)) throw new Error(`no Chromium at ${executablePath}; the variable CHROMIUM can name another`);
  const bundle = await rolldown({ input: join(import.meta.dirname, "page.ts"), platform: "browser", logLevel: "silent" });
  const { output } = await bundle.generate({ format: "esm" });
  await bundle.close();
  const files = new Map(output.map((file) => [`/${file.fileName}`, file.type === "chunk" ? file.code : file.source]));
  const server = createServer(({ url = "/" }, response) => {
    response.writeHead(url === "/" || files.has(url) ? 200 : 404, { "content-type": url === "/" ? "text/html" : "text/javascript" });
    response.end(url === "/" ? '<!doctype html><script type="module" src="/page.js"></script>' : files.get(url));
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  const browser = await chromium.launch({
    executablePath,
    args: ["--no-sandbox", "--disable-quic", "--no-first-run", "--enable-unsafe-webgpu"],
  });
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  await page.waitForFunction("globalThis.measure !== undefined");
  page.setDefaultTimeout(0);
  return {
    device: (engine) => page.evaluate(DEVICES[engine]),
    measure: (engine, shape, seed, iterations) =>
      page.evaluate(`globalThis.measure(${[engine, shape, seed, iterations].map((value) => JSON.stringify(value)).join(", ")})`),
    async close() {
      await browser.close();
      server.closeAllConnections();
      server.close();
    },
  };
}

/** What gives the name of the device, in the page. */
const DEVICES = {
  webgl: `(() => {
    const gl = document.createElement("canvas").getContext("webgl2");
    const info = gl?.getExtension("WEBGL_debug_renderer_info");
    return gl === null ? "none" : String(gl.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : gl.RENDERER));
  })()`,
  webgpu: `navigator.gpu.requestAdapter().then((adapter) => adapter === null ? "none" : adapter.info.vendor + " " + adapter.info.architecture)`,
} as const;
