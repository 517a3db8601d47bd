import { otherServers } from "../../apparatus/index.ts";
import {
  type JoinRefusal,
  type JoinRoomsOptions,
  joinRooms,
  type Membership,
  serviceWorkerLink,
  socketLink,
} from "../../relay/client.dom.ts";
import { DirectWays } from "./direct-ways.ts";

const direct = new DirectWays(() => fetch("/api/config"));
void direct.learn();

/** The name of this device's own relay among those that are reachable. */
export const ownRelay = "this-device";

/** The fault of a relay's refusal. One that does not read this page is of another version than the page. */
export const refusalFault = (code: JoinRefusal): string => {
  if (code === "message") return "version-apart";
  return code === "no-relay" ? "no-service-worker" : "peer-proof";
};

/** How to join, and at which other servers not. */
export interface JoinEverywhereOptions extends Omit<JoinRoomsOptions, "others"> {
  /** Origins of servers that are not asked. */
  readonly shunned?: readonly string[];
}

/**
 * Joins a room wherever a peer may be: at this device's relay, at the server that this page came from, and as a guest that finds nobody there at
 * the other servers which that one names.
 */
export const joinEverywhere = ({ shunned, ...options }: JoinEverywhereOptions): Membership => {
  const at = (origin: string) => socketLink(origin, options.room, { direct: () => direct.read() });
  return joinRooms(
    {
      ...options,
      others: async () => (await otherServers()).filter((origin) => !shunned?.includes(origin)).map(at),
    },
    { [ownRelay]: serviceWorkerLink(), [location.origin]: at(location.origin) },
  );
};
