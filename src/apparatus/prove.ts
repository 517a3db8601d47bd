import { type Bytes, Fault, type SigningKey, toBase64Url } from "../base/index.ts";
import { type ProofRequest, signRelayProof } from "../relay/index.ts";

/**
 * Proves a worker's key to the relay of its own origin, for one room only: the page that carries the request can ask
 * for nothing else. `room`: 32 bytes. Fault "peer-proof" for another room.
 */
export const proveIn = async (room: Bytes, key: SigningKey, request: ProofRequest): Promise<Bytes> => {
  if (request.room !== toBase64Url(room)) throw new Fault("peer-proof");
  const { privateKey, publicKey } = key;
  return signRelayProof(privateKey, { ...request, origin: globalThis.location.origin, key: publicKey });
};
