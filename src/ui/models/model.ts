/** What stands behind a page: one snapshot after the other, until it is disposed of. */
export abstract class Model<S> {
  #snapshot: S;
  readonly #subscribers = new Set<(snapshot: S) => void>();
  #disposed = false;

  constructor(first: S) {
    this.#snapshot = first;
  }

  get snapshot(): S {
    return this.#snapshot;
  }

  /** Calls back with every later snapshot; the result ends it. */
  subscribe(changed: (snapshot: S) => void): () => void {
    this.#subscribers.add(changed);
    return () => this.#subscribers.delete(changed);
  }

  /** Ends everything the model started: workers, memberships, timers, the camera. */
  dispose(): void {
    this.#disposed = true;
    this.#subscribers.clear();
  }

  protected get disposed(): boolean {
    return this.#disposed;
  }

  /** Replaces fields of the snapshot. An action given as undefined is one that is not possible now. */
  protected show(change: { [K in keyof S]?: S[K] | undefined }): void {
    const next = { ...this.#snapshot, ...change };
    for (const key of Object.keys(next) as (keyof S)[]) if (next[key] === undefined) delete next[key];
    this.#snapshot = next as S;
    for (const changed of this.#subscribers) changed(this.#snapshot);
  }
}
