import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { commandName } from "../src/report/command-name.ts";

describe("commandName", () => {
  it("is the program's name where it is installed, by link or by shim", () => {
    expect(commandName(join("/", "home", "node_modules", ".bin", "mixtura"), "/home")).toBe("mixtura");
    expect(commandName(join("/", "home", "node_modules", "@mixtura", "cli", "dist", "main.js"), "/home")).toBe("mixtura");
  });

  it("names the file in a clone, where nothing is on the PATH", () => {
    expect(commandName(join("/", "clone", "packages", "cli", "dist", "main.js"), join("/", "clone"))).toBe(
      `node ${join("packages", "cli", "dist", "main.js")}`,
    );
  });
});
