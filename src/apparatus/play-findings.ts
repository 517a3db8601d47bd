import type { ClaimedOrder } from "../seal/check.ts";
import type { RecordingFault, RecordingReason, RecordingReport } from "../verify/index.ts";

/** Items that are noted one by one; behind so many, nothing is believed any more. */
const mostNoted = 65_536;

/** Which frame stands there. */
interface Place {
  readonly track: number;
  readonly sequence: number;
}

/**
 * What the judgement of the whole file found, for who plays from some place in it: there nobody knows of an end, or of sequences, that came
 * before. An item that the whole refuses is refused wherever it is entered. Where that judgement has not come yet, what the frames claim of
 * their order is enough against one, and never enough for one.
 */
export class PlayFindings {
  readonly #claims: ClaimedOrder;
  /** What begins before here was judged. */
  #reached = 0;
  readonly #reasons = new Map<number, RecordingReason>();
  /** From here on nothing was noted any more. */
  #full: { readonly offset: number; readonly reason: RecordingReason } | null = null;

  constructor(claims: ClaimedOrder = { ended: null, backs: [] }) {
    this.#claims = claims;
  }

  /** The judgement has come to `offset`. */
  reach(offset: number): void {
    this.#reached = Math.max(this.#reached, offset);
  }

  note({ offset, reason }: RecordingFault): void {
    if (this.#reasons.size < mostNoted) this.#reasons.set(offset, reason);
    else if (!this.#reasons.has(offset)) this.#full ??= { offset, reason };
  }

  /** All that a report tells, which lists no more than so many. */
  take({ faults, faultCount }: Pick<RecordingReport, "faults" | "faultCount">): void {
    for (const fault of faults) this.note(fault);
    this.reach(Number.POSITIVE_INFINITY);
    const last = faults.at(-1);
    if (last && faultCount > faults.length) this.#full ??= { offset: last.offset, reason: last.reason };
  }

  /** Why the frame at this place is refused; null: nothing is known against it. */
  at(offset: number, place: Place): RecordingReason | null {
    if (offset >= this.#reached) {
      const claimed = this.#claimed(offset, place);
      if (claimed) return claimed;
    }
    const { offset: from = Number.POSITIVE_INFINITY, reason = null } = this.#full ?? {};
    return this.#reasons.get(offset) ?? (offset >= from ? reason : null);
  }

  #claimed(offset: number, { track, sequence }: Place): RecordingReason | null {
    const { ended, backs } = this.#claims;
    if (ended !== null && offset > ended) return "ended";
    const isLate = backs.some(
      (back) => back.offset <= offset && (back.track ?? track) === track && sequence < back.below,
    );
    return isLate ? "sequence" : null;
  }
}
