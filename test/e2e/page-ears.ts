import type { BrowserContext } from "playwright-core";

/** What a page's realm got: from workers, ports, channels and sockets, and from this origin's database. */
export interface Heard {
  /** Texts, and bytes as text of one character each. */
  readonly leaves: string[];
  /** Objects that are none of the language's: "VideoFrame", "CryptoKey private". */
  readonly objects: Set<string>;
  /** What the page asked WebCrypto for, but for hashes. */
  readonly asked: Set<string>;
}

/** Runs in the page, before anything of ours. */
const listen = (): void => {
  // The blank page that a tab begins with has neither keys nor anything of ours.
  if (!isSecureContext) return;
  const { heardHere } = globalThis as unknown as { heardHere(kind: string, what: string[]): Promise<void> };
  const tell = (kind: string, what: string[]): void => {
    if (what.length > 0) void heardHere(kind, what).catch(() => undefined);
  };
  const seen = new WeakSet<object>();
  const textOf = (bytes: Uint8Array): string => {
    let text = "";
    for (let at = 0; at < bytes.length; at += 8192)
      text += String.fromCharCode(...bytes.subarray(at, at + 8192));
    return text;
  };
  const walk = (value: unknown, leaves: string[], objects: string[], depth = 0): void => {
    if (typeof value === "string" && value.length >= 16) leaves.push(value);
    if (typeof value !== "object" || value === null || depth > 12) return;
    if (value instanceof ArrayBuffer) leaves.push(textOf(new Uint8Array(value)));
    else if (ArrayBuffer.isView(value))
      leaves.push(textOf(new Uint8Array(value.buffer, value.byteOffset, value.byteLength)));
    else if (value instanceof CryptoKey) objects.push(`CryptoKey ${value.type}`);
    else if (value instanceof Map) for (const one of value) walk(one, leaves, objects, depth + 1);
    else if (value instanceof Set) for (const one of value) walk(one, leaves, objects, depth + 1);
    else if (Array.isArray(value)) for (const one of value) walk(one, leaves, objects, depth + 1);
    else if (Object.getPrototypeOf(value) === Object.prototype)
      for (const one of Object.values(value)) walk(one, leaves, objects, depth + 1);
    else objects.push(value.constructor.name);
  };
  const hear = (value: unknown): void => {
    const leaves: string[] = [];
    const objects: string[] = [];
    walk(value, leaves, objects);
    tell("leaves", leaves);
    tell("objects", objects);
  };
  const overhear = (prototype: object, name: string): void => {
    const property = Object.getOwnPropertyDescriptor(prototype, name);
    if (!property?.get) throw new Error(`${name} is no getter`);
    const { get } = property;
    Object.defineProperty(prototype, name, {
      ...property,
      get(this: object) {
        const value: unknown = get.call(this);
        if (!seen.has(this)) hear(value);
        if (value !== undefined) seen.add(this);
        return value;
      },
    });
  };
  overhear(MessageEvent.prototype, "data");
  overhear(IDBRequest.prototype, "result");
  for (const name of [
    "sign",
    "decrypt",
    "encrypt",
    "deriveBits",
    "deriveKey",
    "importKey",
    "exportKey",
    "generateKey",
    "wrapKey",
    "unwrapKey",
  ] as const) {
    const real = SubtleCrypto.prototype[name] as (...args: unknown[]) => unknown;
    Object.assign(SubtleCrypto.prototype, {
      [name](this: SubtleCrypto, ...args: unknown[]) {
        tell("asked", [name]);
        return real.apply(this, args);
      },
    });
  }
};

/** Listens in every page of this browser from now on; not in its workers, where keys are at home. */
export const listenInPages = async (context: BrowserContext): Promise<Heard> => {
  const heard: Heard = { leaves: [], objects: new Set(), asked: new Set() };
  await context.exposeBinding("heardHere", (_, kind: "leaves" | "objects" | "asked", what: string[]) => {
    if (kind === "leaves") heard.leaves.push(...what);
    else for (const one of what) heard[kind].add(one);
  });
  await context.addInitScript(listen);
  return heard;
};

/** The ways in which bytes may be written as text, and they themselves. */
const formsOf = (bytes: Uint8Array): string[] => {
  const buffer = Buffer.from(bytes);
  const hex = buffer.toString("hex");
  return [
    buffer.toString("latin1"),
    ...[hex, hex.toUpperCase(), buffer.toString("base64url")],
    buffer.toString("base64").replace(/=+$/, ""),
  ];
};

/** The names of those secrets that a page heard of, whole or in a piece of half their length. */
export const told = ({ leaves }: Heard, secrets: ReadonlyMap<string, Uint8Array | string>): string[] => {
  const all = leaves.join("\n");
  return [...secrets].flatMap(([name, secret]) => {
    const forms =
      typeof secret === "string" ? [secret] : [...formsOf(secret), ...formsOf(secret.subarray(0, 15))];
    return forms.some((form) => all.includes(form)) ? [name] : [];
  });
};
