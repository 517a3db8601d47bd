import { type Bytes, Fault, type SigningKey, toBase64Url } from "../base/index.ts";
import { type ProofRequest, signRelayProof } from "../relay/index.ts";
import { otherServers } from "./other-servers.ts";

/**
 * Proves a worker's key to the relay of its own origin, or of another server that its own one names, for one room only: the page that carries
 * the request can ask for nothing else. `room`: 32 bytes. Fault "peer-proof" for another room or relay.
 */
export const proveIn = async (
  room: Bytes,
  key: SigningKey,
  request: ProofRequest,
  others: () => Promise<readonly string[]> = otherServers,
): Promise<Bytes> => {
  const { origin } = request;
  if (request.room !== toBase64Url(room)) throw new Fault("peer-proof");
  if (origin !== globalThis.location.origin && !(await others()).includes(origin))
    throw new Fault("peer-proof");
  const { privateKey, publicKey } = key;
  return signRelayProof(privateKey, { ...request, key: publicKey });
};
