/** A peer that takes no part, and why: it is named in the report, never left out in silence. */
export interface AbsentPeer {
  readonly name: string;
  readonly reason: string;
}

/** A peer that was looked for. */
export type Found<Peer> = { readonly present: true; readonly peer: Peer } | { readonly present: false; readonly absent: AbsentPeer };

/** Programs outside this workspace are optional; this gathers which of them are there. */
export function sortPeers<Peer>(found: readonly Found<Peer>[]): { peers: Peer[]; absent: AbsentPeer[] } {
  return {
    peers: found.flatMap((item) => (item.present ? [item.peer] : [])),
    absent: found.flatMap((item) => (item.present ? [] : [item.absent])),
  };
}
