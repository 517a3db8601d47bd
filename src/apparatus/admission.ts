import { type Bytes, equal, Fault, faultCode, randomBytes } from "../base/index.ts";
import type { Carrier } from "../relay/index.ts";
import { encodeCameraTalk } from "./camera-talk.ts";
import { decodeTalk, type ViewerTalk } from "./talk.ts";
import { checkViewing, type ViewingProof } from "./viewing-proof.ts";

/** How long a viewer has for its proof. ms */
export const proofWithin = 10_000;

/** What a camera remembers of a viewer's words until it is let in: the last of each of these. */
const remembered: ReadonlySet<ViewerTalk["kind"]> = new Set(["want", "nonce", "guessed"]);

const wrong = (): Fault => new Fault("peer-proof", { why: "wrong" });

/** A viewer that has proved its key, and what it said meanwhile. */
export interface Admitted {
  readonly proof: ViewingProof;
  readonly said: ReadonlyMap<string, Bytes>;
}

/**
 * Asks the viewer behind a carrier to prove that it holds `key`, which is all that a relay says of it [RP19]. One proof is looked at, the first; until it
 * was right the viewer gets one challenge and nothing else. Fault "peer-proof" {why: "wrong"} for a wrong one, "peer-proof" for none within `proofWithin`, and where the carrier ends;
 * the carrier is closed then.
 */
export const admit = async (carrier: Carrier, number: Bytes, key: Bytes): Promise<Admitted> => {
  const nonce = randomBytes(32);
  const said = new Map<string, Bytes>();
  const { promise: proving, resolve, reject } = Promise.withResolvers<ViewingProof>();
  const timer = setTimeout(() => reject(new Fault("peer-proof")), proofWithin);
  carrier.onclose = () => reject(new Fault("peer-proof"));
  carrier.onmessage = (message) => {
    const talk = "talk" in message ? decodeTalk(message.talk) : null;
    if (talk?.kind === "proof") resolve(talk.proof);
    else if (talk && "talk" in message && remembered.has(talk.kind)) said.set(talk.kind, message.talk);
  };
  carrier.send({ talk: encodeCameraTalk({ kind: "challenge", nonce }) });
  try {
    const proof = await proving;
    if (!equal(proof.key, key)) throw wrong();
    // A carrier that ends while the proof is looked at lets nobody in.
    const { promise: ended, reject: end } = Promise.withResolvers<never>();
    carrier.onclose = () => end(new Fault("peer-proof"));
    const checking = checkViewing({ number, nonce }, proof).catch((error: unknown) => {
      throw faultCode(error) === "peer-proof" ? wrong() : error;
    });
    await Promise.race([checking, ended]);
    return { proof, said };
  } catch (error) {
    carrier.close();
    throw error;
  } finally {
    clearTimeout(timer);
  }
};
