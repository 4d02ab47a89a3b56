import { existsSync, statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize, sep } from "node:path";
import type { Page } from "playwright-core";

/** Where Chromium is looked for. */
export const executablePath: string = process.env["CHROMIUM"] ?? "/usr/bin/chromium";

/** Whether there is one. */
export const hasChromium: boolean = existsSync(executablePath);

/** What a group of tests in Chromium is called: without one it says why it is skipped. */
export function inChromium(title: string): string {
  return hasChromium ? title : `${title} (skipped: no Chromium at ${executablePath}; the variable CHROMIUM can name another)`;
}

/** How many milliseconds a page may take for anything: for tests that would wait in vain, on machines with other work. */
export const PATIENCE = 120_000;

/** How Chromium is started: without a network of its own. */
export const launchOptions = {
  executablePath,
  args: [
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    // Tests watch pages that nobody has in front.
    "--disable-backgrounding-occluded-windows",
    "--disable-renderer-backgrounding",
  ],
};

const TYPES: Readonly<Record<string, string>> = {
  ".css": "text/css",
  ".csv": "text/csv",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
  ".txt": "text/plain; charset=utf-8",
  ".woff2": "font/woff2",
};

/** Headers that let a page share memory among threads. */
const ISOLATION = { "cross-origin-opener-policy": "same-origin", "cross-origin-embedder-policy": "require-corp" };

/** A folder on the web. */
export interface Site {
  /** "http://127.0.0.1:1234/some/where/" */
  readonly address: string;
  close(): void;
}

/**
 * Serves the files of a folder, as any static server does: a folder by its index.html, a page also without its ending.
 *
 * @param options `path` is where the folder lies, such as "/some/where/"; `isolated` adds the headers that threads need
 */
export async function serveFolder(folder: string, { path = "/", isolated = true } = {}): Promise<Site> {
  const headers = isolated ? ISOLATION : {};
  const find = (url: string): string | undefined => {
    if (!url.startsWith(path)) return undefined;
    const file = join(folder, normalize(decodeURIComponent(url.slice(path.length))));
    if (file !== folder && !file.startsWith(folder + sep) && file !== folder + sep) return undefined;
    return [file, `${file}.html`, join(file, "index.html")].find((candidate) => existsSync(candidate) && statSync(candidate).isFile());
  };
  const server = createServer(({ url = "/" }, response) => {
    const file = find(new URL(url, "http://localhost").pathname);
    if (file === undefined) {
      response.writeHead(404, headers).end("not found");
      return;
    }
    readFile(file).then(
      (content) => response.writeHead(200, { "content-type": TYPES[extname(file)] ?? "application/octet-stream", ...headers }).end(content),
      () => response.writeHead(500, headers).end(),
    );
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}${path}`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Complaints of a page: console errors, failed requests, exceptions, and requests to anywhere but where the page came from. */
export function watchPage(page: Page, { address }: Site): string[] {
  const { origin } = new URL(address);
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") complaints.push(`${message.type()}: ${message.text()}`);
  });
  page.on("pageerror", (error) => complaints.push(`exception: ${error.message}`));
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (url.origin !== origin && url.protocol !== "blob:" && url.protocol !== "data:") complaints.push(`request to ${request.url()}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400) complaints.push(`${response.status()} for ${response.url()}`);
  });
  return complaints;
}
