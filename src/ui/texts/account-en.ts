import type { Delivery, LogWord } from "../../auth/index.ts";
import type { AccountFaultCode, FaultText } from "./codes.ts";

/** The faults of accounts, in English. */
export const accountFaultsEn: Record<AccountFaultCode, FaultText> = {
  offline: {
    what: "The server does not answer.",
    means: "Nothing was changed. What lies on this device goes on working without it.",
    todo: "Look at the connection, then try again.",
  },
  "passkey-cancelled": {
    what: "No passkey was used.",
    means: "The browser's question was closed, or there is no passkey for this site on this device.",
    todo: "Try again, or sign in with a password.",
  },
  "passkey-failed": {
    what: "This browser could not use a passkey here.",
    means: "Passkeys need https or localhost, and a device with a screen lock.",
    todo: "Use another browser, or sign in with a password.",
  },
  "passkey-not-made": {
    what: "No passkey was made.",
    means: "The browser's question was closed, or took too long. Nothing was changed.",
    todo: "Try again, or use a password.",
  },
  "passkey-unmakable": {
    what: "This browser could not make a passkey here.",
    means:
      "None was made. Passkeys need https or localhost, and a device with a screen lock that has none for this account yet.",
    todo: "Use another browser, or a password.",
  },
  stretch: {
    what: "The server asks for a password that is too easy to guess from.",
    means: "Your password was not sent in any form.",
    todo: "Do not sign in here. Tell who runs the server.",
  },
  "not-paired": {
    what: "This device cannot vouch for that camera.",
    means: "It was paired elsewhere, or before cameras could be registered.",
    todo: "Pair the camera again on this device, then register it.",
    link: { path: "/pair", words: "Pair a camera" },
  },
  "account-sign-in": {
    what: "That did not sign in.",
    means: "The name, the password or the passkey is not right. The server does not say which.",
    todo: "Look at the whole name, with its six last characters, and try again.",
  },
  "account-signed-out": {
    what: "You are signed out.",
    means: "The session ended, or was ended on another device.",
    todo: "Sign in again.",
  },
  "account-later": {
    what: "Too many tries.",
    means: "Somebody tried too often: you, or a stranger who guesses. Nothing is locked for good.",
    todo: "Wait a little. A passkey, and a browser that was signed in before, work at once.",
  },
  "account-sign-up": {
    what: "This server takes no new accounts without an invitation.",
    means: "Who runs it decides who may join.",
    todo: "Ask for the invitation word, and type it exactly.",
  },
  "account-challenge": {
    what: "That took too long.",
    means: "The server's question had expired, or was answered before.",
    todo: "Try again.",
  },
  "account-passkey": {
    what: "The server did not take this passkey.",
    means: "It was made for another site, without checking that it is you, or is there already.",
    todo: "Try again, with the screen lock of your device.",
  },
  "account-full": {
    what: "There is no room for one more.",
    means: "Each list has an end, so that nobody can fill the server.",
    todo: "Remove one that you do not need.",
  },
  "account-last": {
    what: "This is the only way to sign in.",
    means: "Without it nobody could open this account, not even you.",
    todo: "Add another one first.",
  },
  "account-right": {
    what: "You have no right to that.",
    means: "The camera is not yours, or what was shared was taken back.",
    todo: "Ask who owns the camera.",
  },
  "account-registration": {
    what: "The server did not take this camera.",
    means: "It is another account's, or obeys another card by now.",
    todo: "Pair the camera again on this device, then register it.",
    link: { path: "/pair", words: "Pair a camera" },
  },
  "account-unpinned": {
    what: "This camera does not know this server.",
    means: "It would let viewers in without a one-time password on paths that avoid the server.",
    todo: "Pair it anew while you are signed in here.",
    link: { path: "/pair", words: "Pair a camera" },
  },
  "account-one-time": {
    what: "That one-time password does not count.",
    means: "It was wrong, used, too old, or asked for elsewhere.",
    todo: "Ask for a new one.",
  },
  "pass-refused": {
    what: "The server does not take this viewing pass any more.",
    means: "It has ended, or the right to this camera was taken back.",
    todo: "Ask for a new one-time password.",
  },
  "pass-form": {
    what: "The camera cannot read this viewing pass.",
    means: "Camera and viewer may be of different versions.",
    todo: "Reload both pages, then ask for a new one-time password.",
  },
  "pass-signature": {
    what: "The camera does not know the server that gave this pass.",
    means: "It was registered with another server, or that server lost its keys.",
    todo: "Pair the camera anew while you are signed in here.",
    link: { path: "/pair", words: "Pair a camera" },
  },
  "pass-foreign": {
    what: "This viewing pass is for another card or camera.",
    means: "A pass counts for the card that it was asked for.",
    todo: "Ask for a new one-time password.",
  },
  "pass-expired": {
    what: "This viewing pass is over.",
    means:
      "The camera counts its minutes itself. If the pass is new, the camera's clock is more than an hour off.",
    todo: "Ask for a new one-time password.",
  },
  "pass-over": {
    what: "Your viewing pass is over.",
    means: "Pictures have stopped, and the camera's keys are erased from this page.",
    todo: "To renew it, open the card again.",
  },
  "account-authenticator": {
    what: "That is not the app's code.",
    means: "Each code counts once, and for half a minute.",
    todo: "Look at the clock of your phone, and enter the next code.",
  },
  "account-request": {
    what: "The server did not understand that.",
    means: "Nothing was changed.",
    todo: "A name has 1 to 24 letters a to z, digits and hyphens. If that is so, reload the page.",
  },
};

const log: Record<LogWord, string> = {
  "sign-up": "Account made",
  "sign-in-passkey": "Signed in with a passkey",
  "sign-in-password": "Signed in with the password",
  "refused-passkey": "Passkey refused",
  "refused-password": "Password refused",
  "sign-out": "Signed out",
  "session-revoked": "Device signed out",
  "passkey-added": "Passkey added",
  "passkey-removed": "Passkey removed",
  "password-set": "Password set",
  "password-removed": "Password removed",
  delivery: "Way of one-time passwords chosen",
  "authenticator-on": "Authenticator app added",
  "authenticator-off": "Authenticator app removed",
  "camera-registered": "Camera registered",
  "camera-removed": "Camera removed",
  "camera-elsewhere": "Camera registered by another account: it obeys another card now",
  shared: "Camera shared",
  "taken-back": "Share taken back",
  "shared-with-you": "A camera was shared with you",
  "taken-from-you": "A share with you has ended",
  "pass-asked": "One-time password issued",
  "pass-given": "Viewing allowed for 30 minutes",
  "pass-refused": "Viewing refused",
};

const delivery: Record<Delivery, { readonly name: string; readonly words: string }> = {
  viewer: { name: "On the viewer", words: "Shown where you view. It guards against a card that was copied." },
  device: {
    name: "On another device",
    words:
      "Shown on this page, on another device that is signed in. It guards against a viewer that was stolen.",
  },
  authenticator: { name: "In an authenticator app", words: "Made by an app on your phone, also offline." },
};

/** What `/account` says, in English. */
export const accountEn = {
  heading: "Account",
  lead: "An account lets you reach your cameras from anywhere and share them. It opens no picture: your memory card alone does.",
  reading: "Asking the server",
  none: "No accounts here",
  noneWords: "What serves this app keeps no accounts. Cameras and cards on this device work without one.",
  name: "Account name",
  signIn: {
    heading: "Sign in",
    passkey: "Sign in with a passkey",
    password: "Sign in with a password",
    nameHint: "The whole name, with its six last characters.",
    field: "Password",
    go: "Sign in",
  },
  signUp: {
    heading: "Make an account",
    closed: "This server takes no new accounts.",
    name: "Name",
    nameHint: "1 to 24 letters a to z, digits and hyphens. The server adds six characters.",
    invitation: "Invitation word",
    passkey: "Make it with a passkey",
    password: "Make it with a password",
    field: "New password",
    hint: "At least 10 characters. It never leaves this device as it is.",
    go: "Make the account",
  },
  busy: {
    passkey: "Waiting for your passkey",
    password: "Making the password slow to guess",
    saving: "Saving",
  },
  wait: (seconds: number) => `Possible again in ${seconds} s.`,
  welcome: "Your account is made. This is its name; others need it to share with you:",
  signedInAs: "Signed in as",
  signOut: "Sign out",
  confirm: {
    heading: "Is it you?",
    words: "This needs a sign-in within the last ten minutes. Sign in, then do it again.",
  },
  waited: {
    heading: "One-time password",
    words: (device: string) => `Enter it where you view: ${device}`,
    unknownDevice: "another device",
  },
  cameras: {
    heading: "Cameras",
    none: "No camera is registered here yet.",
    own: "Yours",
    from: (owner: string) => `Shared by ${owner}`,
    unregistered: "Paired on this device, not registered:",
    register: "Register",
    pairAnew: "Pair anew",
    pairAnewWords:
      "A camera learns at pairing whose passes to ask for. Those that were paired while nobody was signed in have to be paired anew.",
    registerOf: (number: string) => `Register ${number}`,
    remove: "Remove",
    removeOf: (number: string) => `Remove ${number}`,
    removeHeading: "Remove this camera from the account?",
    removeWords:
      "Everybody it was shared with loses it. The camera goes on asking for passes of this server, so nobody can view it until you register it again or pair it anew.",
    leave: "Give up",
    leaveOf: (number: string) => `Give up ${number}`,
    share: "Share",
    shareOf: (number: string) => `Share ${number}`,
    shareWords:
      "The server then delivers to them. To open the pictures they need a card that the camera seals to.",
    with: "Account name of the other",
    rights: "What they may do",
    live: "View live",
    recordings: "Recordings",
    manage: "Share it on",
    go: "Share",
    shares: "Shared with",
    takeBack: "Take back",
    takeBackOf: (name: string) => `Take back from ${name}`,
  },
  passwords: {
    heading: "One-time passwords for viewing",
    lead: "Each time a card is connected, the server asks for one. It allows 30 minutes.",
    delivery,
    enrol: "Add an authenticator app",
    scan: "Scan this with the app",
    secret: "Or type this into it:",
    code: "Six digits that the app shows",
    confirm: "Confirm",
    remove: "Remove the authenticator app",
  },
  viewing: {
    heading: "One-time password",
    asking: "Asking the server for a one-time password",
    signedOut: "This camera belongs to an account. Sign in to view it; the card stays open here.",
    signIn: "Sign in",
    signedIn: "I am signed in",
    by: {
      viewer: "Enter this password. It counts once, for three minutes.",
      device:
        "Another device that is signed in shows it on its account page. It counts once, for three minutes.",
      authenticator: "Your authenticator app shows it. Each code counts once.",
    },
    field: (digits: number) => `The ${digits} digits`,
    go: "View",
    again: "Ask for a new one",
    left: "Renew pass",
    renew: "Renew the viewing pass",
  },
  ways: {
    heading: "Ways to sign in",
    passkey: (device: string) => (device === "" ? "Passkey" : `Passkey: ${device}`),
    added: (date: string) => `Added ${date}`,
    used: (moment: string) => `Last used ${moment}`,
    addPasskey: "Add a passkey",
    remove: "Remove",
    removeOf: (what: string) => `Remove: ${what}`,
    password: "Password",
    setPassword: "Set a password",
    changePassword: "Change the password",
    go: "Save the password",
  },
  devices: {
    heading: "Signed-in devices",
    here: "This device",
    unnamed: "Browser",
    revoke: "Sign out",
    revokeOf: (device: string) => `Sign out: ${device}`,
  },
  log: { heading: "What happened", words: log, times: (count: number) => `${count} times` },
  erase: {
    heading: "Delete the account",
    words:
      "The recordings of your cameras on the server go with it, and so do cameras, shares and the log there. Cards and recordings on your devices stay.",
    ask: (name: string) => `Delete “${name}”?`,
    go: "Delete the account",
  },
};

export type AccountTexts = typeof accountEn;
