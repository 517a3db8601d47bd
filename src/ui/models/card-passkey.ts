import { type Bytes, Fault, randomBytes, utf8 } from "../../base/index.ts";

// A card's passkeys are no account's: no server is asked, nobody checks the signature. What counts is the PRF output, which
// the authenticator gives only to whoever it let in [CF17].

/** Whether a passkey could open a card in this browser. */
export const hasCardPasskeys = (): boolean =>
  "credentials" in navigator && "PublicKeyCredential" in globalThis;

/** Makes a passkey for a card, and gives its PRF output: 32 bytes. Faults "card-passkey-cancelled", "card-passkey-failed", "card-passkey-prf". */
export const makeCardPasskey = async (id: string, name: string): Promise<Bytes> => {
  const made = await asked(
    () =>
      navigator.credentials.create({
        publicKey: {
          challenge: randomBytes(32),
          rp: { name: "Sealcam" },
          user: { id: randomBytes(16), name, displayName: name },
          pubKeyCredParams: [-8, -7, -257].map((alg) => ({ type: "public-key", alg })),
          // Discoverable: the card does not say which passkeys are its own.
          authenticatorSelection: { residentKey: "required", userVerification: "required" },
          extensions: { prf: { eval: { first: point(id) } } },
        },
      }),
    "card-passkey-cancelled",
    "card-passkey-failed",
  );
  const credential = made as PublicKeyCredential | null;
  const { prf } = credential?.getClientExtensionResults() ?? {};
  if (!credential || (prf?.enabled !== true && !prf?.results)) throw new Fault("card-passkey-prf");
  // Most evaluate it at an assertion only.
  return prf.results ? read(prf.results.first) : askCardPasskey(id, [credential.rawId]);
};

/** Asks for a passkey, one of `allowed` or any, and gives its PRF output for this card. Faults "card-passkey-cancelled", "card-passkey-failed", "card-passkey-prf". */
export const askCardPasskey = async (id: string, allowed: readonly ArrayBuffer[] = []): Promise<Bytes> => {
  const got = await asked(
    () =>
      navigator.credentials.get({
        publicKey: {
          challenge: randomBytes(32),
          allowCredentials: allowed.map((one) => ({ type: "public-key", id: one })),
          userVerification: "required",
          extensions: { prf: { eval: { first: point(id) } } },
        },
      }),
    "card-passkey-cancelled",
    "card-passkey-failed",
  );
  const results = (got as PublicKeyCredential | null)?.getClientExtensionResults().prf?.results;
  if (!results) throw new Fault("card-passkey-prf");
  return read(results.first);
};

/** [CF17] Where the PRF is evaluated. */
const point = (id: string): Bytes => utf8(`sealcam/1 card ${id}`);

const read = (output: BufferSource): Bytes =>
  new Uint8Array(
    output instanceof ArrayBuffer ? output.slice(0) : (output as Uint8Array<ArrayBuffer>).slice().buffer,
  );

/** `no`: the fault where the person said no; `failure`: of everything else. */
const asked = async <T>(ask: () => Promise<T>, no: string, failure: string): Promise<T> => {
  try {
    return await ask();
  } catch (cause) {
    // WebAuthn §14.5.1: a no, a time-out and "nothing there" are one error on purpose.
    const isNo = cause instanceof Error && (cause.name === "NotAllowedError" || cause.name === "AbortError");
    throw new Fault(isNo ? no : failure, {}, { cause });
  }
};
