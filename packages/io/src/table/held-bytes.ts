/**
 * Bytes on their way: chunks are added at the end, and what was read is let go at the front. However small the chunks and however long what they make
 * up, a byte is copied a fixed number of times on average.
 */
export class HeldBytes {
  /** What is held; places in it stay until the next `push`. */
  bytes = new Uint8Array(0);

  #memory = new Uint8Array(0);

  /**
   * Adds a copy of a chunk, and may let go of the bytes before `from`.
   *
   * @returns by how many places the bytes that stay moved to the front: 0 or `from`
   */
  push(chunk: Uint8Array, from: number): number {
    const used = this.bytes.length;
    const kept = used - from;
    // Moving pays where no more stays than is let go. Until then the memory behind is filled, and doubled in the end.
    const stays = kept > from && used + chunk.length <= this.#memory.length;
    const start = stays ? used : kept;
    const length = start + chunk.length;
    if (!stays && (kept > from || length > this.#memory.length)) {
      const grown = new Uint8Array(2 * length);
      grown.set(this.bytes.subarray(from));
      this.#memory = grown;
    } else if (!stays) this.#memory.copyWithin(0, from, used);
    this.#memory.set(chunk, start);
    this.bytes = this.#memory.subarray(0, length);
    return stays ? 0 : from;
  }
}
