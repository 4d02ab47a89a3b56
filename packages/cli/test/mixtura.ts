import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

export const root = resolve(import.meta.dirname, "../../..");
const main = join(root, "packages", "cli", "dist", "main.js");

/** How a run of the command line ended. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface RunOptions {
  readonly input?: string;
  /** Whether more input may come; the default is that it ends. */
  readonly keepOpen?: boolean;
  readonly cwd?: string;
  readonly env?: Record<string, string>;
  /** Sees the output as it comes. */
  readonly onOutput?: (text: string) => void;
  /** Presses Ctrl-C as soon as this holds. */
  readonly interruptWhen?: () => boolean;
}

/** Runs `mixtura` as a user does. */
export function mixtura(
  args: readonly string[],
  { input = "", keepOpen = false, cwd = root, env = {}, onOutput, interruptWhen }: RunOptions = {},
): Promise<Ended> {
  return new Promise((settle, reject) => {
    const child = spawn(process.execPath, [main, ...args], { cwd, env: { ...process.env, COLUMNS: "100", ...env } });
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (text) => {
      stdout += text;
      onOutput?.(String(text));
    });
    child.stderr.on("data", (text) => (stderr += text));
    child.stdin.on("error", () => undefined); // a command that fails early does not read its input
    child.stdin.write(input);
    if (!keepOpen) child.stdin.end();
    const watch = setInterval(() => {
      if (interruptWhen?.() !== true) return;
      clearInterval(watch);
      child.kill("SIGINT");
    }, 20);
    child.on("error", reject);
    child.on("close", (code) => {
      clearInterval(watch);
      settle({ code, stdout, stderr });
    });
  });
}

/** A folder that is gone after the tests. */
export function temporaryFolder(): { path: (name: string) => string; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), "mixtura-cli-"));
  return { path: (name) => join(folder, name), remove: () => rmSync(folder, { recursive: true, force: true }) };
}
