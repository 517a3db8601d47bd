import type { AccountEnv } from "./account.ts";
import type { ImageEnv } from "./images.ts";
import type { Room } from "./room.ts";

/** What the edge is given: its rooms and accounts, the app's files, the store of images, and what the operator says. */
export interface Env extends AccountEnv, ImageEnv {
  readonly ASSETS: Fetcher;
  readonly ROOM: DurableObjectNamespace<Room>;
  /** Origins of other servers whose pages may use its rooms, with spaces between. */
  readonly ORIGINS?: string;
  /** JSON: an array of RTCIceServer. */
  readonly ICE_SERVERS?: string;
  /** "relay": direct paths through TURN alone, so that no peer learns the other's address; "all": every way. */
  readonly ICE_POLICY?: string;
  /** How many days an account's stored recordings stay, and how many bytes they may take: 30 and 2 GiB where nothing is said. */
  readonly STORE_DAYS?: string;
  readonly STORE_BYTES?: string;
}

/** The edge's own origin, as `location.origin` writes it in a page that it serves. A client that writes a name of its own finds the first. */
export const ownOrigin = ({ ORIGIN = "" }: Pick<AccountEnv, "ORIGIN">, url: string): string => {
  const own = ORIGIN.split(" ").filter((one) => one !== "");
  const asked = new URL(url).origin;
  return own.includes(asked) ? asked : (own[0] ?? asked);
};

/** Whether a browser's word on where a request comes from is one of ours. No word is none. */
export const isAllowedOrigin = (env: Env, url: string, origin: string | undefined): boolean => {
  if (origin === undefined) return false;
  const others = (env.ORIGINS ?? "").split(" ").filter((one) => one !== "");
  return [ownOrigin(env, url), ...others].includes(origin);
};
