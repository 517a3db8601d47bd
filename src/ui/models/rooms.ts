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

/** Joins a room wherever a peer may be: at this device's relay, and at the server that this page came from. */
export const joinEverywhere = (options: JoinRoomsOptions): Membership =>
  joinRooms(options, {
    [ownRelay]: serviceWorkerLink(),
    [location.origin]: socketLink(location.origin, options.room, { direct: () => direct.read() }),
  });

/** The fault of a relay's refusal. One that does not read this page is of another version than the page. */
export const refusalFault = (code: JoinRefusal): string => {
  if (code === "message") return "version-apart";
  return code === "no-relay" ? "no-service-worker" : "peer-proof";
};
