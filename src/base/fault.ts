/** What a Fault may say beside its code: values for texts and tests, never keys or pictures. */
export type FaultDetail = Readonly<Record<string, string | number | boolean>>;

/** The form in which a Fault crosses a worker, the relay or HTTP. */
export interface WireFault {
  readonly code: string;
  readonly detail: FaultDetail;
}

/**
 * An expected failure with a code from the closed list of the part that throws it.
 * Misuse is a TypeError or RangeError instead; "not mine" is `null`; tampering is a verdict.
 */
export class Fault<C extends string = string> extends Error {
  override readonly name = "Fault";
  readonly code: C;
  readonly detail: FaultDetail;

  constructor(code: C, detail: FaultDetail = {}, options?: { cause?: unknown }) {
    super(code, options);
    this.code = code;
    this.detail = Object.freeze({ ...detail });
  }
}

/** True for every Fault, whatever its code. */
export function isFault(error: unknown): error is Fault {
  return error instanceof Fault;
}

/** The code of a Fault; "unexpected" for everything else that can be thrown. */
export function faultCode(error: unknown): string {
  return isFault(error) ? error.code : "unexpected";
}

/**
 * The part of an error that may leave this realm: code and detail of a Fault, and of any other error
 * nothing but "unexpected" (its message could name a file, an address or a secret).
 */
export function toWire(error: unknown): WireFault {
  return isFault(error) ? { code: error.code, detail: error.detail } : { code: "unexpected", detail: {} };
}

/** Rebuilds a Fault from the other side; anything that is not a WireFault becomes Fault "unexpected". */
export function fromWire(value: unknown): Fault {
  if (typeof value !== "object" || value === null) return new Fault("unexpected");
  const { code, detail } = value as { code?: unknown; detail?: unknown };
  if (typeof code !== "string" || code === "") return new Fault("unexpected");
  if (typeof detail !== "object" || detail === null) return new Fault("unexpected");
  const entries = Object.entries(detail);
  if (!entries.every(([, item]) => ["string", "number", "boolean"].includes(typeof item))) {
    return new Fault("unexpected");
  }
  return new Fault(code, detail as FaultDetail);
}
