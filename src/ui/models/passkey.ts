import { browserSupportsWebAuthn, startAuthentication, startRegistration } from "@simplewebauthn/browser";
import { Fault } from "../../base/index.ts";

type Creation = Parameters<typeof startRegistration>[0]["optionsJSON"];
type Request = Parameters<typeof startAuthentication>[0]["optionsJSON"];

/** Whether this browser has passkeys at all. */
export const hasPasskeys = (): boolean => browserSupportsWebAuthn();

/** Asks the browser to make a passkey. Fault "passkey-not-made" or "passkey-unmakable". */
export const makePasskey = (options: unknown): Promise<unknown> =>
  asked(
    () => startRegistration({ optionsJSON: options as Creation }),
    "passkey-not-made",
    "passkey-unmakable",
  );

/** Asks the browser to sign with a passkey that it finds by itself. Fault "passkey-cancelled" or "passkey-failed". */
export const usePasskey = (options: unknown): Promise<unknown> =>
  asked(
    () => startAuthentication({ optionsJSON: options as Request }),
    "passkey-cancelled",
    "passkey-failed",
  );

/** `no`: the fault where the person said no; `failure`: of everything else. */
const asked = async (ask: () => Promise<unknown>, no: string, failure: string): Promise<unknown> => {
  try {
    return await ask();
  } catch (cause) {
    // WebAuthn §14.5.1: a no, a time-out and "nothing there" are one error on purpose.
    const isNo = cause instanceof Error && (cause.name === "NotAllowedError" || cause.name === "AbortError");
    throw new Fault(isNo ? no : failure, {}, { cause });
  }
};
