import {
  type DirectOptions,
  type JoinRefusal,
  type JoinRoomsOptions,
  joinRooms,
  type Membership,
  serviceWorkerLink,
  socketLink,
} from "../../relay/client.dom.ts";

/** What the server says of direct paths; until it has said so, and where there is no server, they are looked for on the local network alone. */
let direct: DirectOptions = { iceServers: [] };

const learn = async (): Promise<void> => {
  const answer = await fetch("/api/config");
  if (!answer.ok) return;
  const { iceServers, iceTransportPolicy }: DirectOptions = await answer.json();
  direct = { ...(iceServers && { iceServers }), ...(iceTransportPolicy && { iceTransportPolicy }) };
};
// Where nobody answers the relay of this device is there all the same.
learn().catch(() => undefined);

/** The name of this device's own relay among those that are reachable. */
export const ownRelay = "this-device";

/** Joins a room wherever a peer may be: at this device's relay, and at the server that this page came from. */
export const joinEverywhere = (options: JoinRoomsOptions): Membership =>
  joinRooms(options, {
    [ownRelay]: serviceWorkerLink(),
    [location.origin]: socketLink(location.origin, options.room, { direct: () => direct }),
  });

/** The fault of a relay's refusal. One that does not read this page is of another version than the page. */
export const refusalFault = (code: JoinRefusal): string => {
  if (code === "message") return "version-apart";
  return code === "no-relay" ? "no-service-worker" : "peer-proof";
};
