import { makeRegistration, signRecipients } from "../../src/auth/index.ts";
import { acknowledgeRecipients } from "../../src/auth/recipients.ts";
import { serverSecret } from "../../src/auth/server.ts";
import {
  type Bytes,
  fromBase64Url,
  generateSigningKey,
  randomBytes,
  type SigningKey,
  thumbprint,
  toBase64Url,
} from "../../src/base/index.ts";
import { Authenticator } from "./authenticator.ts";

/** A server of accounts, wherever it runs. */
export interface Server {
  readonly origin: string;
  fetch(request: Request): Promise<Response>;
}

export interface Said {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: what a server answered, which each test looks at
  readonly body: any;
  readonly headers: Headers;
}

const chrome = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/156.0.0.0 Safari/537.36";

/** A person with a browser: keeps cookies, and asks as a page of the server's origin does. */
export class Person {
  readonly server: Server;
  readonly cookies = new Map<string, string>();
  readonly authenticator: Authenticator;
  address = "192.0.2.1";
  /** Which browser it is, for servers in a browser, where no cookie says so. */
  readonly browser = someBytes(16);
  name = "";

  constructor(server: Server) {
    this.server = server;
    this.authenticator = new Authenticator(server.origin);
  }

  get(path: string, headers: Record<string, string> = {}): Promise<Said> {
    return this.ask("GET", path, undefined, headers);
  }

  post(path: string, body: unknown = {}, headers: Record<string, string> = {}): Promise<Said> {
    const own = { "content-type": "application/json", origin: this.server.origin };
    return this.ask("POST", path, JSON.stringify(body), { ...own, ...headers });
  }

  async ask(
    method: string,
    path: string,
    body: string | undefined,
    headers: Record<string, string>,
  ): Promise<Said> {
    const request = new Request(`${this.server.origin}${path}`, {
      ...{ method, ...(body !== undefined && { body }) },
      headers: {
        ...{ "user-agent": chrome, "x-test-address": this.address, "x-test-browser": this.browser },
        ...{ "sec-fetch-site": "same-origin", cookie: this.cookie },
        ...headers,
      },
    });
    const response = await this.server.fetch(request);
    for (const line of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === "" || /max-age=0/i.test(line)) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    const text = await response.text();
    return {
      status: response.status,
      body: text === "" ? null : JSON.parse(text),
      headers: response.headers,
    };
  }

  get cookie(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  }

  /** Another browser of the same person, or of a thief: the same server, nothing else. */
  elsewhere(): Person {
    const other = new Person(this.server);
    other.name = this.name;
    return other;
  }

  async signUpWithPasskey(chosen = "anna"): Promise<Said> {
    const begun = await this.post("/api/account/sign-up/begin", { name: chosen, invitation: "" });
    const response = await this.authenticator.create(begun.body.passkey);
    this.name = begun.body.name;
    return this.post("/api/account/sign-up/passkey", {
      ...{ name: begun.body.name, challenge: begun.body.challenge, response },
    });
  }

  async signUpWithPassword(stretched: string, chosen = "anna"): Promise<Said> {
    const begun = await this.post("/api/account/sign-up/begin", { name: chosen, invitation: "" });
    this.name = begun.body.name;
    return this.post("/api/account/sign-up/password", {
      ...{ name: begun.body.name, challenge: begun.body.challenge, stretched },
    });
  }

  async signInWithPasskey(authenticator = this.authenticator): Promise<Said> {
    const begun = await this.post("/api/account/sign-in/begin");
    const response = await authenticator.get(begun.body.passkey);
    return this.post("/api/account/sign-in/passkey", { challenge: begun.body.challenge, response });
  }

  signInWithPassword(stretched: string, name = this.name): Promise<Said> {
    return this.post("/api/account/sign-in/password", { name, stretched });
  }

  /** Registers a camera that this person's hub has paired. */
  async register(paired: Paired): Promise<Said> {
    const { body } = await this.post("/api/cameras/challenge");
    const registration = await makeRegistration(paired.control, paired, {
      ...{ account: fromBase64Url(body.account), challenge: body.challenge },
    });
    return this.post("/api/cameras/register", { registration: toBase64Url(registration) });
  }
}

/** 32 bytes as a client would have stretched them. */
export const stretchedAs = (word: number): string => toBase64Url(new Uint8Array(32).fill(word));

/** A camera and the hub that paired it. */
export interface Paired {
  readonly number: string;
  readonly control: SigningKey;
  readonly cameraKey: Bytes;
  readonly signed: Bytes;
  readonly acknowledgement: Bytes;
  /** The card's key for it. */
  readonly viewer: SigningKey;
}

/** The seed of servers in memory. */
export const ownSeed: Bytes = new Uint8Array(32).fill(7);
const ownServer = (await serverSecret(ownSeed)).signing.publicKey;

/** Pairs a camera with a hub: a set of this generation, signed and acknowledged, that pins a server's key; by default those in memory. */
export const pairCamera = async (
  generation = 1,
  camera?: SigningKey,
  control?: SigningKey,
  server: Bytes | null = ownServer,
): Promise<Paired> => {
  const [ownCamera, ownControl, viewer] = [
    camera ?? (await generateSigningKey()),
    control ?? (await generateSigningKey()),
    await generateSigningKey(),
  ];
  const number = await thumbprint(ownCamera.publicKey);
  const set = { number, generation, recipients: ["age1one"], viewers: [viewer.publicKey] };
  const pinned = server === null ? set : { ...set, server };
  const signed = await signRecipients(ownControl.privateKey, pinned);
  return {
    ...{ number: toBase64Url(number), control: ownControl, cameraKey: ownCamera.publicKey, signed, viewer },
    acknowledgement: await acknowledgeRecipients(ownCamera.privateKey, signed),
  };
};

/** Bytes that nobody has seen. */
export const someBytes = (length: number): string => toBase64Url(randomBytes(length));
