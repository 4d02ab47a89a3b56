// A registry on this machine alone, for rehearsals: our packages are published to it, all others come through it from the registry that npm
// is set up with.
import { fork } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { installFetched, run } from "./project.mjs";

const VERDACCIO = "verdaccio@6.10.4";

/** Dependencies that some mirrors serve by versions alone, where Verdaccio asks for a tag. */
const overrides = { "node-fetch": "^2.7.0" };

const ENDS_WITH_PARENT = "process.on('disconnect', () => process.exit())";

/**
 * @typedef {object} Registry
 * @property {string} address
 * @property {NodeJS.ProcessEnv} environment in which npm and pnpm ask this registry, and may publish to it
 * @property {() => void} stop
 */

/**
 * Fetches and starts it. It listens on the loopback only, and ends with this process at the latest.
 *
 * @param {string} folder where everything is kept
 * @returns {Promise<Registry>}
 */
export async function startRegistry(folder) {
  const place = join(folder, "registry");
  mkdirSync(place);
  writeFileSync(join(place, "package.json"), JSON.stringify({ private: true, overrides }));
  installFetched(place, [VERDACCIO]);
  const upstream = run("npm", ["config", "get", "registry"], { cwd: place }).trim();
  const ours = { access: "$all", publish: "$all" };
  // JSON is YAML, too.
  const config = {
    storage: join(place, "storage"),
    uplinks: { upstream: { url: upstream, maxage: "30m" } },
    packages: { "@mixtura/*": ours, mixtura: ours, "**": { access: "$all", proxy: "upstream" } },
    log: { type: "stdout", format: "pretty", level: "error" },
    web: { enable: false },
    max_body_size: "50mb",
  };
  writeFileSync(join(place, "config.yaml"), JSON.stringify(config));
  const host = `127.0.0.1:${await freePort()}`;
  const script = join(place, "node_modules", "verdaccio", "bin", "verdaccio");
  const server = fork(script, ["--config", join(place, "config.yaml"), "--listen", host], {
    execArgv: ["--import", `data:text/javascript,${ENDS_WITH_PARENT}`],
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
  const stop = () => void server.kill("SIGKILL");
  try {
    await answers(`http://${host}/-/ping`);
  } catch (error) {
    stop();
    throw error;
  }
  // Whoever publishes must have a token; this registry takes any.
  const settings = join(place, "npmrc");
  writeFileSync(settings, `registry=http://${host}/\n//${host}/:_authToken=rehearsal\n`);
  // `npm run` hands its own settings on in variables, in small letters, which would win.
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_config_/i.test(name)));
  const environment = {
    ...inherited,
    NPM_CONFIG_USERCONFIG: settings,
    NPM_CONFIG_CACHE: join(place, "cache"),
    NPM_CONFIG_REGISTRY: `http://${host}/`,
  };
  return { address: `http://${host}/`, environment, stop };
}

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((settle) => {
    const server = createServer();
    server.listen(0, "127.0.0.1", () => {
      const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
      server.close(() => settle(port));
    });
  });
}

/** Waits until something answers. @param {string} address */
async function answers(address) {
  const end = Date.now() + 60_000;
  for (;;) {
    if (
      await fetch(address).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      return;
    if (Date.now() > end) throw new Error(`${VERDACCIO} does not answer at ${address} after a minute.`);
    await new Promise((wake) => setTimeout(wake, 100));
  }
}
