import type { PeerKind } from "../benchmark.ts";
import { threadCounts } from "../machine.ts";
import type { Ours } from "../ours.ts";
import { findOurs } from "../ours.ts";
import type { Armadillo } from "../peers/armadillo.ts";
import { findArmadillo } from "../peers/armadillo.ts";
import type { NpmPeer } from "../peers/npm-packages.ts";
import { findNpmPeers } from "../peers/npm-packages.ts";
import type { AbsentPeer } from "../peers/peer.ts";
import { sortPeers } from "../peers/peer.ts";
import type { Sklearn } from "../peers/sklearn.ts";
import { findAllSklearn } from "../peers/sklearn.ts";

/** Everyone who takes part in a benchmark of EM. */
export interface Contestants {
  /** The fastest first, the reference last. */
  readonly ours: readonly Ours[];
  readonly sklearn: readonly Sklearn[];
  readonly armadillo: readonly Armadillo[];
  readonly npm: readonly NpmPeer[];
  readonly mlMatrix: boolean;
  readonly descriptions: readonly string[];
  readonly absent: readonly AbsentPeer[];
}

const NOBODY = { peers: [], absent: [] };

/** Looks for all that are wanted. */
export async function lineUp(
  wanted: readonly PeerKind[],
  folder: string,
): Promise<{ readonly contestants: Contestants; readonly close: () => Promise<void> }> {
  const { ours, absent } = await findOurs();
  const sklearn = wanted.includes("sklearn") ? await findAllSklearn() : NOBODY;
  const armadillo = wanted.includes("armadillo") ? sortPeers([await findArmadillo(folder, Math.max(...threadCounts))]) : NOBODY;
  const npm = wanted.includes("npm") ? sortPeers(await findNpmPeers()) : NOBODY;
  const described: readonly { readonly description?: string }[] = [...ours, ...sklearn.peers, ...armadillo.peers, ...npm.peers];
  return {
    contestants: {
      ours,
      sklearn: sklearn.peers,
      armadillo: armadillo.peers,
      npm: npm.peers,
      mlMatrix: wanted.includes("ml-matrix"),
      descriptions: described.flatMap(({ description }) => description ?? []),
      absent: [...absent, ...sklearn.absent, ...armadillo.absent, ...npm.absent],
    },
    close: async () => {
      for (const peer of sklearn.peers) peer.close();
      for (const backend of ours) await backend.close();
    },
  };
}
