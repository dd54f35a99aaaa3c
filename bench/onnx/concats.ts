/**
 * Concatenations of two tensors at a time that join lists of many: each reuses the longest run of its list that was
 * joined before, so that a dense block's growing list costs one per layer. Pure names; no ONNX.
 */

/** Joins two tensors under a new name. */
export interface Join {
  readonly name: string;
  readonly inputs: readonly [string, string];
}

/** Remembers what has been joined. */
export class PairwiseConcats {
  readonly joins: Join[] = [];
  private readonly known = new Map<string, string>();

  private made(list: readonly string[]): string | undefined {
    return list.length === 1 ? list[0] : this.known.get(list.join('\n'));
  }

  private put(list: readonly string[], at: number): string {
    const known = this.made(list);
    if (known !== undefined) return known;
    const inputs = [this.concat(list.slice(0, at)), this.concat(list.slice(at))] as const;
    const name = `concat2/${this.joins.length}`;
    this.joins.push({ name, inputs });
    this.known.set(list.join('\n'), name);
    return name;
  }

  /** Name of the tensor that is the concatenation of a list, in order. */
  concat(list: readonly string[]): string {
    if (list.length === 0) throw new Error('nothing to concatenate');
    const known = this.made(list);
    if (known !== undefined) return known;
    for (let length = list.length - 1; length > 1; length--) {
      for (let from = 0; from + length <= list.length; from++) {
        if (!this.known.has(list.slice(from, from + length).join('\n'))) continue;
        // What is left of the run goes before it, what is right of it after it.
        const right = this.put(list.slice(from), length);
        return from === 0 ? right : this.put(list, from);
      }
    }
    return this.put(list, Math.ceil(list.length / 2));
  }
}
