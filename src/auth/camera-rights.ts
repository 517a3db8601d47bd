import { refused } from "./account-state.ts";
import type { Or } from "./refusal.ts";

/** What somebody may do with a camera. */
export interface Rights {
  readonly live: boolean;
  readonly recordings: boolean;
  /** Share it, and take that back, except with who manages it. */
  readonly manage: boolean;
}

/** An account with rights to a camera that is not its own. */
export interface Share extends Rights {
  /** Account id. */
  readonly id: string;
  readonly name: string;
}

/** Who owns an account's camera. */
export interface Holder {
  readonly id: string;
  readonly name: string;
}

/** All that is kept of a camera. */
export interface CameraState {
  readonly version: 1;
  /** `null` once it was given up: what stays keeps an old registration from coming back. */
  readonly owner: Holder | null;
  /** The hub it obeys, base64url of 32 bytes. */
  readonly controlKey: string;
  /** Of the recipient set that it acknowledged. */
  readonly generation: number;
  readonly shares: readonly Share[];
}

const MAX_SHARES = 64;

interface Acted<T> {
  readonly keep: CameraState | null;
  readonly answer: Or<T>;
}

/** What can happen to a camera's record. */
export type CameraAct<I, T> = (state: CameraState | null, input: I, now: number) => Promise<Acted<T>>;

/** A registration that was checked. */
export interface NewOwner {
  readonly owner: Holder;
  readonly controlKey: string;
  readonly generation: number;
}

/**
 * The camera is this account's. A camera that obeys another hub by now (a higher generation, which only a person at the camera
 * can give it) goes over, and its former owner and shares are answered; the same generation counts for the same hub and, while
 * it has an owner, for the same account alone. Refused "registration".
 */
export const register: CameraAct<
  NewOwner,
  { readonly former: Holder | null; readonly shares: readonly Share[] }
> = async (state, { owner, controlKey, generation }) => {
  const isSame = state !== null && controlKey === state.controlKey && generation === state.generation;
  const isOwn = state?.owner == null || state.owner.id === owner.id;
  const isNewer = state === null || generation > state.generation;
  if (!isNewer && !(isSame && isOwn)) return { keep: state, answer: refused("registration") };
  const former = isOwn ? null : (state?.owner ?? null);
  const shares = isOwn && state !== null ? state.shares : [];
  return {
    keep: { version: 1, owner, controlKey, generation, shares },
    answer: { former, shares: former === null ? [] : (state?.shares ?? []) },
  };
};

/** By whom: an account's id. */
interface By {
  readonly by: string;
}

const none: Rights = { live: false, recordings: false, manage: false };
const all: Rights = { live: true, recordings: true, manage: true };

const rightsIn = (state: CameraState | null, id: string): Rights => {
  if (state === null || state.owner === null) return none;
  if (state.owner.id === id) return all;
  return state.shares.find((share) => share.id === id) ?? none;
};

/** The owner gives it up; the answer says who could look at it. Refused "right". */
export const unregister: CameraAct<By, readonly Share[]> = async (state, { by }) => {
  if (state === null || state.owner?.id !== by) return { keep: state, answer: refused("right") };
  return { keep: { ...state, owner: null, shares: [] }, answer: state.shares };
};

/** A camera as who has a right to it sees it. */
export interface CameraView {
  readonly owner: string;
  readonly own: boolean;
  readonly rights: Rights;
  /** With whom it is shared; for who manages it, else empty. */
  readonly shares: readonly Omit<Share, "id">[];
}

/** What `by` may know of it. Refused "right", also where there is no such camera. */
export const look: CameraAct<By, CameraView> = async (state, { by }) => {
  const { live, recordings, manage } = rightsIn(state, by);
  if (state === null || state.owner === null || !(live || recordings || manage))
    return { keep: state, answer: refused("right") };
  const shares = manage ? state.shares.map(({ id: _id, ...share }) => share) : [];
  const answer = {
    owner: state.owner.name,
    own: state.owner.id === by,
    rights: { live, recordings, manage },
    shares,
  };
  return { keep: state, answer };
};

/** Shares it, or changes what was shared. Only the owner touches who manages. Refused "right" or "full". */
export const share: CameraAct<By & { readonly to: Share }, true> = async (state, { by, to }) => {
  if (state === null || !mayChange(state, by, to)) return { keep: state, answer: refused("right") };
  const others = state.shares.filter(({ id }) => id !== to.id);
  if (others.length >= MAX_SHARES) return { keep: state, answer: refused("full") };
  return { keep: { ...state, shares: [...others, to] }, answer: true };
};

/** Takes all rights back. Who has them may give them up himself. Refused "right". */
export const takeBack: CameraAct<By & { readonly from: string }, true> = async (state, { by, from }) => {
  const isOwn = by === from && state?.shares.some(({ id }) => id === from);
  const given = { id: from, name: "", ...none };
  if (state === null || !(isOwn || mayChange(state, by, given)))
    return { keep: state, answer: refused("right") };
  return { keep: { ...state, shares: state.shares.filter(({ id }) => id !== from) }, answer: true };
};

const mayChange = (state: CameraState, by: string, to: Share): boolean => {
  if (!rightsIn(state, by).manage || to.id === state.owner?.id) return false;
  return state.owner?.id === by || !(to.manage || rightsIn(state, to.id).manage);
};

/** What a room of the relay and a store of images have to know. `owner` is `null` for a camera that no account registered. */
export interface Standing {
  readonly owner: string | null;
  readonly rights: Rights;
  /** Of the hub that it obeys, base64url of 32 bytes; `null` where there is no owner. */
  readonly controlKey: string | null;
}

/** The rights of an account to it; for hosts, never for clients. */
export const standing: CameraAct<By, Standing> = async (state, { by }) => ({
  keep: state,
  answer: {
    ...{ owner: state?.owner?.id ?? null, rights: rightsIn(state, by) },
    controlKey: state?.owner ? state.controlKey : null,
  },
});
