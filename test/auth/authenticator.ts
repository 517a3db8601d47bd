import {
  type Bytes,
  type CborValue,
  concat,
  encodeCbor,
  fromBase64Url,
  generateSigningKey,
  randomBytes,
  type SigningKey,
  sha256,
  toBase64Url,
  utf8,
} from "../../src/base/index.ts";

interface Held {
  readonly id: string;
  rpId: string;
  readonly user: string;
  readonly key: SigningKey;
  counter: number;
}

interface Creation {
  readonly rp: { readonly id?: string };
  readonly user: { readonly id: string };
  readonly challenge: string;
}

interface Request {
  readonly rpId?: string;
  readonly challenge: string;
}

// WebAuthn §6.1: user present, user verified, attested credential data included.
const [PRESENT, VERIFIED, ATTESTED] = [0x01, 0x04, 0x40];

/** A passkey authenticator in software, after WebAuthn §6: Ed25519, no attestation. What a cheat would change can be changed. */
export class Authenticator {
  readonly held: Held[] = [];
  origin: string;
  flags = PRESENT | VERIFIED;
  /** What its counter rises by; 0 for an authenticator that has none. */
  step = 1;
  /** What vouches for a new passkey: a format, and a statement over what is to be signed, by its key. */
  attest: ((signed: Bytes, key: SigningKey) => Promise<readonly [string, Map<string, CborValue>]>) | null =
    null;

  constructor(origin: string) {
    this.origin = origin;
  }

  async create(options: Creation): Promise<unknown> {
    const key = await generateSigningKey();
    const rpId = options.rp.id ?? "";
    const held: Held = {
      ...{ id: toBase64Url(randomBytes(16)), rpId, user: options.user.id, key, counter: this.step },
    };
    this.held.push(held);
    const id = fromBase64Url(held.id);
    // COSE_Key of RFC 9053 §7.2: kty OKP, alg EdDSA, crv Ed25519, x.
    const cose = encodeCbor(
      new Map<number, number | Bytes>([
        [1, 1],
        [3, -8],
        [-1, 6],
        [-2, key.publicKey],
      ]),
    );
    const attested = concat(new Uint8Array(16), new Uint8Array([0, id.length]), id, cose);
    const authData = concat(await this.#head(held, this.flags | ATTESTED), attested);
    const clientData = this.#clientData("webauthn.create", options.challenge);
    const signed = concat(authData, await sha256(clientData));
    const [format, statement] = (await this.attest?.(signed, key)) ?? ["none", new Map<string, CborValue>()];
    const attestation = new Map<string, CborValue>([
      ["fmt", format],
      ["attStmt", statement],
      ["authData", authData],
    ]);
    return {
      ...{ id: held.id, rawId: held.id, type: "public-key", clientExtensionResults: {} },
      response: {
        clientDataJSON: toBase64Url(clientData),
        attestationObject: toBase64Url(encodeCbor(attestation)),
        transports: ["internal"],
      },
    };
  }

  async get(options: Request): Promise<unknown> {
    const held = this.held.at(-1);
    if (held === undefined) throw new TypeError("no passkey");
    held.counter += this.step;
    const authData = await this.#head(held, this.flags);
    const clientData = this.#clientData("webauthn.get", options.challenge);
    const signed = concat(authData, await sha256(clientData));
    const signature = new Uint8Array(await crypto.subtle.sign("Ed25519", held.key.privateKey, signed));
    return {
      ...{ id: held.id, rawId: held.id, type: "public-key", clientExtensionResults: {} },
      response: {
        authenticatorData: toBase64Url(authData),
        clientDataJSON: toBase64Url(clientData),
        signature: toBase64Url(signature),
        userHandle: held.user,
      },
    };
  }

  async #head({ rpId, counter }: Held, flags: number): Promise<Bytes> {
    const count = new Uint8Array(4);
    new DataView(count.buffer).setUint32(0, counter);
    return concat(await sha256(utf8(rpId)), new Uint8Array([flags]), count);
  }

  #clientData(type: string, challenge: string): Bytes {
    return utf8(JSON.stringify({ type, challenge, origin: this.origin, crossOrigin: false }));
  }
}
