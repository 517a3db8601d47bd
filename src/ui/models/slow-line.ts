/** Over this long it is counted. ms */
const span = 5_000;
/** From so many pictures on that were left out within it, the line is called slow. */
const enough = 5;

/** Who gets this share of the pictures it wants is not slow, whatever is left out for it on purpose. */
const share = 0.7;

/** How a track stands for a viewer. */
interface Standing {
  /** All pictures that are missing so far. */
  readonly missing: number;
  /** Of the picture that came last. */
  readonly sequence: number;
}

/** How many pictures are being left out now: some once are no news, many within seconds are. */
export class SlowLine {
  #seen: ({ readonly at: number } & Standing)[] = [];

  /** `now` in ms, `wanted` in pictures a second. Gives those of the last seconds, or 0 where they are few or nobody wanted them. */
  look({ missing, sequence }: Standing, now: number, wanted: number): number {
    const last = this.#seen.at(-1);
    // Counted anew: another stream, or another quality.
    if (last && (missing < last.missing || sequence < last.sequence)) this.#seen = [];
    this.#seen.push({ at: now, missing, sequence });
    while (this.#seen.length > 1 && now - (this.#seen[1]?.at ?? now) >= span) this.#seen.shift();
    const first = this.#seen[0] ?? { at: now, missing, sequence };
    const late = missing - first.missing;
    const came = sequence - first.sequence - late;
    return late < enough || came >= (share * wanted * (now - first.at)) / 1000 ? 0 : late;
  }
}
