/** Those of accounts. */
export const accountFaultCodes = [
  "offline",
  "passkey-cancelled",
  "passkey-failed",
  "passkey-not-made",
  "passkey-unmakable",
  "stretch",
  "not-paired",
  "account-sign-in",
  "account-signed-out",
  "account-later",
  "account-sign-up",
  "account-challenge",
  "account-passkey",
  "account-full",
  "account-last",
  "account-right",
  "account-registration",
  "account-unpinned",
  "account-one-time",
  "account-authenticator",
  "pass-refused",
  "pass-form",
  "pass-signature",
  "pass-foreign",
  "pass-expired",
  "pass-over",
  "account-request",
] as const;
export type AccountFaultCode = (typeof accountFaultCodes)[number];

/** Those of copies on the server. */
export const copyFaultCodes = [
  "copy-offline",
  "copy-none",
  "copy-not-registered",
  "copy-full",
  "copy-answer",
  "copy-refused",
  "copy-disagrees",
  "copy-damaged",
  "copy-too-long",
] as const;
export type CopyFaultCode = (typeof copyFaultCodes)[number];

/** Those of opening and changing a card. */
export const cardFaultCodes = [
  "password-due",
  "password-changed",
  "recovery-code",
  "passkey-none",
  "card-passkey-cancelled",
  "card-passkey-failed",
  "card-passkey-prf",
  "card-wait",
  "card-idle",
  "card-right",
  "camera-number",
  "camera-on-card",
] as const;
export type CardFaultCode = (typeof cardFaultCodes)[number];

/** Those of where a card lies. */
export const placeFaultCodes = [
  "card-removed",
  "medium-gone",
  "medium-denied",
  "medium-full",
  "medium-foreign",
  "card-there",
  "file-no-card",
] as const;
export type PlaceFaultCode = (typeof placeFaultCodes)[number];

/** The fault codes that have their own words. Anything else is told as "unexpected", with its code. */
export const faultCodes = [
  "camera-none",
  "camera-refused",
  "camera-unplugged",
  "camera-busy",
  "camera-unsupported",
  "camera-elsewhere",
  "camera-silent",
  "camera-unsteady",
  "camera-repaired",
  "microphone-none",
  "microphone-refused",
  "microphone-busy",
  "microphone-unsupported",
  "pixel-format",
  "picture-large",
  "picture-turned",
  "seal-failed",
  "recipients",
  "password",
  "password-short",
  "name",
  "name-taken",
  "card-damaged",
  "card-stale",
  "card-rolled-back",
  "card-cost",
  "card-version",
  "card-full",
  "card-none",
  "card-locked",
  "camera-not-on-card",
  "camera-not-paired",
  "link-malformed",
  "link-used",
  "link-expired",
  "link-unanswered",
  "link-none",
  "link-foreign",
  "pairing-mac",
  "pairing-rejected",
  "peer-proof",
  "no-service-worker",
  "version-apart",
  "part-missing",
  "worker-dead",
  "storage",
  "storage-full",
  "recording-none",
  "recording-busy",
  "recording-unreadable",
  "recording-closed",
  "mp4-empty",
  "mp4-codec",
  "frame-none",
  "frame-large",
  "frame-unproven",
  "export-busy",
  "films-stay",
  "file-unreadable",
  "stored-none",
  "stored-answer",
  ...accountFaultCodes,
  ...copyFaultCodes,
  ...cardFaultCodes,
  ...placeFaultCodes,
  "unexpected",
] as const;
export type FaultCode = (typeof faultCodes)[number];

/** What happened, what it means, what to do; and where to go for it, if that is elsewhere. */
export interface FaultText {
  readonly what: string;
  readonly means: string;
  readonly todo: string;
  readonly link?: { readonly path: string; readonly words: string };
}

/** A reason for ST0: two or three words for the bar, then the sentence, then what to do about it. */
export interface ReasonText {
  readonly short: string;
  readonly what: string;
  readonly todo: string;
}

/** One check under "why?": the question it answers, in plain words, and the exact words. */
export interface CheckText {
  readonly plain: string;
  readonly exact: string;
}
