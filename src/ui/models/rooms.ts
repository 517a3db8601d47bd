import {
  checkServers,
  type DirectOptions,
  type JoinRoomsOptions,
  joinRooms,
  type Membership,
  serviceWorkerLink,
  socketLink,
} from "../../relay/client.dom.ts";

/** What the server says of direct paths; until it has said so, and where there is no server, they are looked for on the local network alone. */
let direct: DirectOptions = { iceServers: [] };

const learn = async (): Promise<readonly string[]> => {
  const answer = await fetch("/api/config");
  if (!answer.ok) return [];
  const { iceServers, iceTransportPolicy, servers }: DirectOptions & { readonly servers?: unknown } =
    await answer.json();
  direct = { ...(iceServers && { iceServers }), ...(iceTransportPolicy && { iceTransportPolicy }) };
  return checkServers(servers);
};
// Where nobody answers the relay of this device is there all the same.
const learnt = learn().catch(() => []);

/** Origins of the other servers that this page's own one names. */
export const otherServers = (): Promise<readonly string[]> => learnt;

/** The name of this device's own relay among those that are reachable. */
export const ownRelay = "this-device";

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
  const at = (origin: string) => socketLink(origin, options.room, { direct: () => direct });
  return joinRooms(
    {
      ...options,
      others: async () => (await otherServers()).filter((origin) => !shunned?.includes(origin)).map(at),
    },
    { [ownRelay]: serviceWorkerLink(), [location.origin]: at(location.origin) },
  );
};
