import { checkServers } from "../relay/index.ts";

let known: Promise<readonly string[]> | null = null;

const ask = async (): Promise<readonly string[]> => {
  const answer = await fetch("/api/config");
  if (!answer.ok) throw new TypeError(`"servers" got ${answer.status}`);
  const { servers }: { readonly servers?: unknown } = await answer.json();
  return checkServers(servers);
};

/**
 * The other servers at which a page may look for cameras, and to whose relays a worker may prove a key, as the server that it came from names them. A worker
 * asks itself: a page's word on it would be worth less. None where nobody answers or the answer is no such list; it is asked again then.
 */
export const otherServers = (): Promise<readonly string[]> => {
  known ??= ask().catch((error: unknown) => {
    known = null;
    console.warn("no other servers", error);
    return [];
  });
  return known;
};
