import type { FaultText } from "./codes.ts";

/** What can go wrong with opening and changing a card, in English. */
export const cardFaultsEn = {
  "password-due": {
    what: "The password of this card is due for a change.",
    means:
      "Its owner set a rule for that, and the time to put it off is over. Until it is changed the card opens for nothing else.",
    todo: "Open the card under Cards and choose a new password.",
    link: { path: "/cards", words: "Cards" },
  },
  "password-changed": {
    what: "The password of this card was changed in another tab.",
    means: "The card has new keys, so it is locked here. Nothing was written.",
    todo: "Open it with the new password.",
  },
  "recovery-code": {
    what: "There is a slip in this recovery code.",
    means: "Its last four characters check the others, and they do not fit.",
    todo: "Compare it with the paper, group by group.",
  },
  "passkey-none": {
    what: "This passkey does not open the card.",
    means: "It was not added to it, or was taken off, or the password was changed since.",
    todo: "Use another passkey, or the password.",
  },
  "card-passkey-cancelled": {
    what: "No passkey was used.",
    means: "The browser's question was closed, or there is no passkey for this site on this device.",
    todo: "Try again, or use the password.",
  },
  "card-passkey-failed": {
    what: "This browser could not use a passkey here.",
    means: "Passkeys need https or localhost, and a device with a screen lock.",
    todo: "Use another browser, or the password.",
  },
  "card-passkey-prf": {
    what: "This passkey cannot open cards.",
    means: "Its device does not give out a secret for that (the PRF extension of WebAuthn).",
    todo: "Use a passkey of another device, or the password.",
  },
  "card-wait": {
    what: "Too many wrong attempts.",
    means: "Each further one has to wait twice as long, up to five minutes. A passkey does not have to wait.",
    todo: "Wait a moment, then try again.",
  },
  "card-idle": {
    what: "The card was locked, because nobody touched this page for a while.",
    means: "Its keys are no longer in this tab.",
    todo: "Open the card again.",
  },
  "card-right": {
    what: "This card is not meant for that.",
    means: "Whoever made it noted another right for this camera.",
    todo: "Ask who made the card, or change its rights under Cards.",
    link: { path: "/cards", words: "Cards" },
  },
  "camera-number": {
    what: "This is no camera number.",
    means: "It has 52 letters and digits, from A to Z and from 2 to 7.",
    todo: "Copy the whole number where the camera shows it.",
  },
  "camera-on-card": {
    what: "This camera is on the card already.",
    means: "The card has keys for it. Nothing was changed.",
    todo: "Type another number.",
  },
} satisfies Record<string, FaultText>;

/** What is said of an open card, in English. */
export const cardEn = {
  wrong: (count: number) =>
    count === 1
      ? "1 wrong attempt since this card was last opened."
      : `${count} wrong attempts since this card was last opened.`,
  wrongWords: "Was that not you? Then change the password.",
  dueSoon: (date: string) =>
    `The password of this card is due for a change. You can put it off until ${date}.`,
  dueNow: "The password of this card has to be changed now.",
  changeIt: "Change it",
  recovered: "Have you lost the password? Choose a new one now.",
  passkey: "Use a passkey",
  useCode: "Use the recovery code",
  usePassword: "Use the password",
  code: "Recovery code",
  codeHint: "36 characters from the paper. Hyphens and small letters do not matter.",
  changing: "Writing the card",
  cameras: "Cameras",
  blank: "Waits for its keys: pair the camera with this card",
  rights: "This card is meant for",
  right: { live: "Live pictures", recordings: "Recordings" },
  more: (name: string) => `More about ${name}`,
  eraseCamera: "Erase from this card",
  eraseCameraHeading: (name: string) => `Erase “${name}” from this card?`,
  eraseCameraWords:
    "All keys that the card has for it are gone, old ones too. Without another card, its pictures and recordings can never be opened again.",
  copyTo: "Copy or move to another card",
  copyToWords:
    "Both cards then have the same key: shutting one out shuts out the other. Pair the camera again to have keys of their own.",
  otherCard: "Other card",
  otherPassword: "Password of the other card",
  copyCamera: "Copy",
  moveCamera: "Move",
  addBlank: "Add a number without keys",
  addBlankWords: "For a card that you prepare now. The keys come when the camera is paired.",
  number: "Camera number",
  numberHint: "All 52 characters",
  cameraName: "Name of the camera",
  add: "Add",
  ways: "Ways to open it",
  password: "Password",
  changed: (date: string) => `Changed ${date}`,
  changePassword: "Change the password",
  changePasswordWords:
    "The card gets new keys inside. A recovery code is made anew and shown; passkeys have to be added again. Copies that were made before still open with the old password.",
  newPassword: "New password",
  newPasswordHint: "At least 10 characters. Four random words are good.",
  change: "Change",
  recovery: "Recovery code",
  added: (date: string) => `Since ${date}`,
  recoveryNone: "None yet. On paper, it opens the card when the password is lost.",
  makeCode: "Make a code",
  makeCodeAnew: "Make a new code",
  codeHeading: "Write this code down, or print it",
  codeWords:
    "It opens this card without the password, and is not shown again. Keep it where you keep a key. A code from before works no more.",
  print: "Print",
  written: "I have it on paper",
  passkeyHeading: "Passkey",
  passkeyOf: (at: number) => `Passkey ${at}`,
  passkeysNone: "None yet. A fingerprint or a glance, instead of typing.",
  addPasskey: "Add a passkey",
  remove: "Take off",
  removeOf: (what: string) => `Take off: ${what}`,
  rule: "The password is due for a change",
  ruleNever: "Never",
  ruleDays: (days: number) =>
    days % 365 === 0 ? (days === 365 ? "After a year" : `After ${days / 365} years`) : `After ${days} days`,
  ruleWords:
    "Looked at each time the card is opened. For 30 days you can put it off; then the card opens for nothing else.",
  account: "Account on this card",
  accountNone:
    "None. The name and the server of your account, so that a viewer knows where to sign in. No password of it.",
  accountName: "Name of the account",
  server: "Server",
  serverHint: "For example: https://cam.example",
  save: "Save",
  forget: "Take it off the card",
  eraseAll: "Erase all cameras",
  eraseAllHeading: (card: string) => `Erase all cameras from “${card}”?`,
  eraseAllWords: "The card stays, empty, with its password. The keys of all its cameras are gone for good.",
  sureHeading: "Are you sure?",
  sureWords:
    "This cannot be undone. There is no copy of these keys but on other cards, and in copies of this one.",
  sure: "Yes, erase",
  idle: "Lock an open card after",
  idleMinutes: (minutes: number) =>
    minutes === 1 ? "1 minute" : minutes === 60 ? "1 hour" : `${minutes} minutes`,
  idleWords:
    "When nobody has touched the page for so long, and no live picture is on it. It holds on this device.",
};

export type CardTexts = typeof cardEn;
