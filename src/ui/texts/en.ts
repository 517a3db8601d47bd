import type { CheckName, CheckResult, Reason, State } from "../../verify/index.ts";
import { accountEn, accountFaultsEn } from "./account-en.ts";
import { cardEn, cardFaultsEn } from "./cards-en.ts";
import type { CheckText, FaultCode, FaultText, ReasonText } from "./codes.ts";
import { copiesEn, copyFaultsEn } from "./copies-en.ts";
import { insecureEn } from "./insecure-en.ts";
import { keysEn } from "./keys-en.ts";
import { liveEn } from "./live-en.ts";
import { placeFaultsEn, placesEn } from "./places-en.ts";
import { playerEn } from "./player-en.ts";
import { recordingsEn } from "./recordings-en.ts";
import { scanEn } from "./scan-en.ts";
import { sealingEn } from "./sealing-en.ts";
import { selfCheckEn } from "./self-check-en.ts";
import { storedEn, storedFaultsEn } from "./stored-en.ts";
import { verifyEn } from "./verify-en.ts";

const reasons: Record<Reason, ReasonText> = {
  waiting: {
    short: "No picture yet",
    what: "No picture has arrived yet, so there is nothing to guarantee.",
    todo: "Wait a moment. The line in the middle says what is missing.",
  },
  "camera-unknown": {
    short: "Unknown camera",
    what: "Neither your card nor you have vouched for the key that signed this picture.",
    todo: "Open the card this camera is on, or compare its number yourself.",
  },
  number: {
    short: "Wrong camera",
    what: "The key that signed this picture does not have the number on your card. It is another camera.",
    todo: "Do not rely on it. If the camera was replaced, pair it again.",
  },
  malformed: {
    short: "Unreadable data",
    what: "What arrived is not a sealed picture in the exact form that is required.",
    todo: "Nothing is drawn. If it goes on, restart the camera.",
  },
  version: {
    short: "Newer format",
    what: "The camera seals in a format that this version of Sealcam does not know.",
    todo: "Update Sealcam on this device.",
  },
  head: {
    short: "Start not signed",
    what: "The start of the stream is not signed by this camera.",
    todo: "Do not rely on it. Leave and view the camera again.",
  },
  "earlier-stream": {
    short: "An older stream",
    what: "This stream is not newer than one you have already seen. Somebody may be playing it again.",
    todo: "Do not rely on it. Stop and start the camera, then view it again.",
  },
  unremembered: {
    short: "Not remembered",
    what: "This device could not remember the start of the stream, so an older one could be shown as new later.",
    todo: "Make room on this device or leave the private window, then view the camera again.",
  },
  epoch: {
    short: "Key not signed",
    what: "The announcement of the picture key is not signed by this camera for this stream, or a picture came under a key that had been replaced.",
    todo: "Do not rely on it. Leave and view the camera again.",
  },
  "no-key": {
    short: "Not for this card",
    what: "Your card does not open these pictures. The camera seals them to another card or to newer keys.",
    todo: "Open the card that was paired last, or pair the camera again.",
  },
  signature: {
    short: "Not signed",
    what: "This picture is not signed by the camera for this stream. It was made or changed elsewhere.",
    todo: "Do not rely on it. The last good picture stays, dimmed.",
  },
  tree: {
    short: "Picture changed",
    what: "The picture was changed after the camera signed it. Where the place is known, it is hatched.",
    todo: "Do not rely on it. Something between the camera and you alters pictures.",
  },
  commitment: {
    short: "Wrong key",
    what: "The key that opens this picture is not the one the camera committed to.",
    todo: "Do not rely on it. Leave and view the camera again.",
  },
  tag: {
    short: "Does not open",
    what: "The cipher refuses the sealed picture: it is not exactly what the camera sealed.",
    todo: "Do not rely on it. Nothing of it is drawn.",
  },
  sequence: {
    short: "Out of order",
    what: "A picture arrived a second time, or after a later one.",
    todo: "Do not rely on it. Somebody may be repeating pictures.",
  },
  codec: {
    short: "Cannot be shown",
    what: "The picture is unchanged, but this browser cannot decode it.",
    todo: "Choose another quality, or view the camera in another browser.",
  },
  silent: {
    short: "Nothing arrives",
    what: "No picture has arrived for a while. What you see is old.",
    todo: "Look at the camera: its tab may be closed, asleep or without power.",
  },
  ended: {
    short: "Camera stopped",
    what: "The camera ended its stream, and signed that it did. What you see is its last picture.",
    todo: "Start the camera again to go on viewing.",
  },
  disconnected: {
    short: "Camera gone",
    what: "The camera's tab was closed or crashed without saying goodbye. What you see is old.",
    todo: "Open the camera again. Viewing goes on by itself.",
  },
};

const checks: Record<CheckName, CheckText> = {
  number: {
    plain: "It is the camera on your card",
    exact:
      "The thumbprint of the signing key (RFC 9679, SHA-256) equals all 32 bytes of the number on the card.",
  },
  signature: {
    plain: "The camera signed this very picture",
    exact: "Ed25519 signature (COSE_Sign1, RFC 9052) over the frame's signed fields, made for this stream.",
  },
  tree: {
    plain: "No part was changed since",
    exact: "The SHA-256 tree over the sealed tiles (RFC 9162), computed here, leads to the signed root.",
  },
  commitment: {
    plain: "The key opens one picture only",
    exact:
      "SHA-256(“commit” ‖ frame key) equals the signed commitment, and ChaCha20-Poly1305 accepts its tag.",
  },
  sequence: {
    plain: "Pictures come in order, none twice",
    exact: "The signed sequence number is higher than every one seen in this stream.",
  },
  live: {
    plain: "It is happening now",
    exact:
      "The camera signed, seconds ago, a random number that this viewer chose, with its place in the stream.",
  },
};

const faults: Record<FaultCode, FaultText> = {
  "camera-none": {
    what: "No camera was found.",
    means: "This device has no camera, or the browser hides it.",
    todo: "Plug one in and try again.",
  },
  "camera-refused": {
    what: "The browser did not allow the camera.",
    means: "Without it there is nothing to seal.",
    todo: "Allow the camera in the address bar, then try again.",
  },
  "camera-unplugged": {
    what: "The camera was unplugged.",
    means: "The stream stopped at the last whole picture.",
    todo: "Plug it in again and try again.",
  },
  "camera-busy": {
    what: "Another program is using the camera.",
    means: "The system gives it to one program at a time.",
    todo: "Close the other program, then try again.",
  },
  "camera-unsupported": {
    what: "This browser cannot hand over camera pictures unchanged.",
    means: "Sealing takes the sensor's own pixels. Here only altered copies are to be had.",
    todo: "Use a current Chrome, Edge, Firefox or Safari on this device.",
  },
  "camera-elsewhere": {
    what: "This camera was started in another tab.",
    means: "One tab at a time can be a camera. This one stopped.",
    todo: "Go on in the other tab, or close it and try again.",
  },
  "camera-silent": {
    what: "The camera gives no pictures.",
    means: "It was opened, but no first picture came within ten seconds. Another program may be holding it.",
    todo: "Close other programs that use the camera, or plug it in anew, then try again.",
  },
  "camera-unsteady": {
    what: "The camera was interrupted again and again.",
    means:
      "It came back by itself three times within a minute, and was interrupted once more. It is off now.",
    todo: "Close other programs, or restart the browser. Then try again.",
  },
  "microphone-none": {
    what: "No microphone was found.",
    means: "The camera goes on without sound.",
    todo: "Plug one in, then send sound again.",
  },
  "microphone-refused": {
    what: "The browser did not allow the microphone.",
    means: "The camera goes on without sound.",
    todo: "Allow the microphone in the address bar, then send sound again.",
  },
  "microphone-busy": {
    what: "Another program is using the microphone.",
    means: "The camera goes on without sound.",
    todo: "Close the other program, then send sound again.",
  },
  "microphone-unsupported": {
    what: "This browser cannot hand over or code sound.",
    means: "The camera goes on without it.",
    todo: "Use a current Chrome or Edge on this device.",
  },
  "camera-repaired": {
    what: "This camera was paired anew.",
    means: "Who may open its pictures has changed, so the stream to those from before was ended.",
    todo: "Try again, then start it: new pictures are sealed to the card of the new pairing.",
  },
  "pixel-format": {
    what: "This camera's pictures cannot be sealed.",
    means:
      "They come in a pixel format or size that the array sensor does not take. Nothing is converted, so nothing is sealed.",
    todo: "Choose another camera.",
  },
  "picture-large": {
    what: "The lossless pictures of this camera are too large for the network.",
    means: "Between devices one picture may have 4 MB. These have more, so none of them is sent.",
    todo: "Choose Full or Small. On the camera's own device lossless works.",
  },
  "picture-turned": {
    what: "This camera has no lossless pictures now.",
    means:
      "It takes them on their side and says how to turn them. That is not signed, so none of them is sent.",
    todo: "Choose Full or Small: those are upright.",
  },
  "seal-failed": {
    what: "This device could not seal what the camera took.",
    means: "Nothing leaves the camera unsealed, so the stream was ended.",
    todo: "Start the camera again. If that does not help, restart the browser.",
  },
  recipients: {
    what: "The list of who may open this camera's pictures is not in order.",
    means:
      "It is not signed by the card's device, or older than one this camera has seen. The camera keeps to what it had.",
    todo: "Pair the camera again with a new link.",
  },
  password: {
    what: "This is not the card's password.",
    means: "The card stays locked.",
    todo: "Type it again. Capital letters count.",
  },
  "password-short": {
    what: "The password is too short.",
    means: "Whoever copies the card could guess it.",
    todo: "Use at least 10 characters. Four random words are good.",
  },
  name: {
    what: "This name does not work.",
    means: "A name has 1 to 60 characters.",
    todo: "Type another one.",
  },
  "name-taken": {
    what: "There is a card of this name already.",
    means: "Later you could not tell the two apart.",
    todo: "Type another name.",
  },
  "card-damaged": {
    what: "This card is damaged or was altered.",
    means: "Its check does not match its contents, so nothing on it is used.",
    todo: "Make a new card and pair your cameras again.",
  },
  "card-stale": {
    what: "The card was changed in another tab meanwhile.",
    means: "Nothing was written, so nothing is lost.",
    todo: "Open the card again and repeat the step.",
  },
  "card-rolled-back": {
    what: "This is an older copy of the card.",
    means: "This device has already seen a newer one. Cameras you removed might be back on it.",
    todo: "Use the newest copy, or make a new card.",
  },
  "card-cost": {
    what: "Opening this card would take too much memory.",
    means: "Its password slot asks for more work than Sealcam ever writes. Someone may have altered it.",
    todo: "Use another copy of the card.",
  },
  "card-version": {
    what: "This card was written by a newer Sealcam.",
    means: "This version does not know its format, and touches nothing on it.",
    todo: "Update Sealcam on this device.",
  },
  "card-full": {
    what: "The card is full.",
    means: "It holds as many keys as a card can. Nothing was written.",
    todo: "Make another card for this camera.",
  },
  "card-none": {
    what: "There is no memory card on this device yet.",
    means: "The card holds the keys that open your cameras' pictures.",
    todo: "Make one first. It takes a minute.",
    link: { path: "/cards", words: "Make a card" },
  },
  "card-locked": {
    what: "The card is locked again.",
    means: "Its keys are no longer in this tab.",
    todo: "Open the card again with its password.",
  },
  "camera-not-on-card": {
    what: "This camera is not on the card.",
    means: "The card has no key for its pictures.",
    todo: "Open another card, or pair the camera with this one.",
    link: { path: "/pair", words: "Pair a camera" },
  },
  "camera-not-paired": {
    what: "This camera is not paired yet.",
    means: "It does not know to whom to seal its pictures, so it makes none.",
    todo: "Pair it with a memory card first.",
    link: { path: "/pair", words: "Pair a camera" },
  },
  "link-malformed": {
    what: "This pairing link is not complete.",
    means: "A part was lost when it was copied.",
    todo: "Copy the whole link again.",
  },
  "link-used": {
    what: "This pairing link was used already.",
    means: "A link pairs one camera, once.",
    todo: "Make a new link on the device with the card. If you did not use this one, reject that camera.",
  },
  "link-expired": {
    what: "This pairing link has expired.",
    means: "A link works for a few minutes only.",
    todo: "Make a new link on the device with the card.",
  },
  "link-unanswered": {
    what: "The other side does not answer.",
    means: "Its tab may be closed or asleep.",
    todo: "Open both tabs in this browser, side by side, and try again.",
  },
  "link-none": {
    what: "This is no pairing link.",
    means: "The code or text says something else. Nothing was opened.",
    todo: "Open Pair on the device with the card, and scan the code it shows.",
  },
  "link-foreign": {
    what: "This pairing link belongs to another address.",
    means: "The device with the card opened Sealcam somewhere else than this one. Nothing was opened.",
    todo: "Open Sealcam at the same address on both devices, then make a new link.",
  },
  "pairing-mac": {
    what: "The two sides do not hold the same link.",
    means:
      "The link was copied wrong, or what arrived was altered. The camera keeps no key from it; on the card it stays pending.",
    todo: "Start again with a new link.",
  },
  "pairing-rejected": {
    what: "The pairing was rejected.",
    means: "Somebody said that the numbers differ. The card is as it was.",
    todo: "Start again with a new link, and give it to nobody else.",
  },
  "peer-proof": {
    what: "The other side could not prove its key.",
    means: "It is not the device it claims to be, or its card was replaced.",
    todo: "Do not go on. Pair again if you replaced the camera or the card.",
  },
  "no-service-worker": {
    what: "This browser keeps Sealcam from working offline.",
    means: "The two tabs find each other through a service worker, and there is none.",
    todo: "Leave the private window, or use https, and reload.",
  },
  "version-apart": {
    what: "This page is older or newer than the Sealcam it talks to.",
    means: "It was opened before an update, and what it says is not understood any more. Nothing is lost.",
    todo: "Reload the page.",
  },
  "part-missing": {
    what: "A part of this page could not be loaded.",
    means: "The page was opened before an update, or the connection is gone.",
    todo: "Reload the page.",
  },
  "worker-dead": {
    what: "A part of Sealcam stopped.",
    means: "The browser ended it, perhaps for lack of memory. No picture left unsealed.",
    todo: "Try again.",
  },
  storage: {
    what: "This device could not save.",
    means: "Its storage is full, or the browser forbids it here.",
    todo: "Make room or leave the private window, then try again.",
  },
  "storage-full": {
    what: "Recording ended: there is no room left.",
    means: "What was recorded up to here is whole. Nothing that may be erased by itself is left.",
    todo: "Erase recordings, or let older ones be erased, then record again.",
    link: { path: "/recordings", words: "Recordings" },
  },
  "recording-none": {
    what: "This recording is not there any more.",
    means: "It was erased, perhaps in another tab.",
    todo: "Reload the page to see what is left.",
  },
  "recording-unreadable": {
    what: "This cannot be played.",
    means: "It does not begin as a sealed recording does.",
    todo: "Check it: the report says what was found.",
    link: { path: "/verify", words: "Check a recording" },
  },
  "recording-busy": {
    what: "This recording cannot be erased now.",
    means: "It is still being recorded, or already gone.",
    todo: "Stop the recording in the tab that views the camera, then try again.",
  },
  "recording-closed": {
    what: "This recording stays closed.",
    means: "The open card has no key for it: it is another camera's, or was sealed to another card.",
    todo: "Open the card that this camera is on.",
    link: { path: "/cards", words: "Cards" },
  },
  "mp4-empty": {
    what: "There is nothing here for an MP4.",
    means:
      "It holds no coded pictures or sound that passed every check. Raw pictures and stills have no place in an MP4.",
    todo: "Save the sealed recording instead.",
  },
  "mp4-codec": {
    what: "No MP4 can hold these pictures.",
    means: "They are coded in a way that MP4 files have no place for here.",
    todo: "Save the sealed recording instead.",
  },
  "frame-none": {
    what: "This picture is not in the recording.",
    means: "It was missing when the recording was made, or was taken out.",
    todo: "Choose another picture.",
  },
  "frame-large": {
    what: "This picture is too large to be disclosed.",
    means: "With the pictures that it builds on it has more than 64 MB.",
    todo: "Choose an earlier picture, or save the sealed recording.",
  },
  "frame-unproven": {
    what: "This picture cannot be disclosed.",
    means: "It, or one that it builds on, is missing or did not pass every check.",
    todo: "Choose a picture without a fault.",
  },
  "export-busy": {
    what: "Something is being saved already.",
    means: "Files are made one at a time.",
    todo: "Wait until it is done, or cancel it.",
  },
  "films-stay": {
    what: "A film is still on this device, unsealed.",
    means:
      "An MP4 that was made here could not be erased. Whoever can read this browser's files can watch it.",
    todo: "Close the other tabs of Sealcam and reload: it is tried again. If this stays, clear this site's data in the browser, which erases the recordings, cards and cameras here, too.",
  },
  ...accountFaultsEn,
  ...copyFaultsEn,
  ...storedFaultsEn,
  ...cardFaultsEn,
  ...placeFaultsEn,
  "file-unreadable": {
    what: "This file could not be read to its end.",
    means: "It was changed, moved or taken away since you chose it. Nothing is said about it.",
    todo: "Choose it again.",
  },
  unexpected: {
    what: "Something stopped that should not have.",
    means: "The step was not finished. Nothing was shown or sent unsealed.",
    todo: "Try again. If it stays, reload the page.",
  },
};

const sentence = (device: string | null): string =>
  device === null ? "since received from its camera device" : `since received from camera device “${device}”`;
/**
 * Of each state: its name, and the sentence under it. `device` is what the camera calls its capture device; null while
 * that is not known.
 */
const states: Record<State, { readonly name: string; readonly sentence: (device: string | null) => string }> =
  {
    ST0: { name: "Not guaranteed", sentence: () => "" },
    ST1: { name: "Unchanged", sentence },
    ST2: { name: "Unchanged, living", sentence },
    ST3: { name: "Unchanged, recognised", sentence },
  };

const checkResults: Record<CheckResult, string> = {
  passed: "passed",
  failed: "failed",
  "not-run": "not reached",
};

/** English. Its type is the list of all texts there are: another language that misses one does not compile. */
export const en = {
  language: "en",
  reasons,
  checks,
  checkResults,
  faults,
  states,
  app: {
    name: "Sealcam",
    navigation: "Pages",
    home: "Sealcam, start page",
    updateReady: "A new version is ready.",
    update: "Update now",
    outdated: "A new version is in use. This page goes on as it is until you reload it.",
    reload: "Reload",
    loading: "Opening the page",
  },
  navigation: {
    "/viewer": "View",
    "/camera": "Camera",
    "/recordings": "Recordings",
    "/pair": "Pair",
    "/cards": "Cards",
  },
  titles: {
    "/": "Sealcam",
    "/viewer": "View",
    "/camera": "Camera",
    "/pair": "Pair",
    "/cards": "Cards",
    "/recordings": "Recordings",
    "/verify": "Check a recording",
    "/self-check": "Self-check",
    "/play": "Play a recording",
    "/account": "Account",
    "/operator": "Check what the server keeps",
    none: "Not found",
  },
  actions: {
    retry: "Try again",
    cancel: "Cancel",
    copy: "Copy link",
    copied: "Copied",
    copyNumber: "Copy the whole number",
    showPassword: "Show the password",
    hidePassword: "Hide the password",
    openCard: "Open the card",
  },
  home: {
    heading: "Sealed where it is captured.",
    lead: "Every picture is encrypted and signed before it leaves the camera. Your memory card alone opens it, and you see whether it arrived unchanged.",
    drawing: "A camera seals each picture. It travels closed. The memory card opens it.",
    view: "View a camera",
    viewWords: "Open your card and see the picture, with its state.",
    camera: "Be the camera",
    cameraWords: "This tab seals what its camera sees.",
    firstTime: "The first time",
    steps: [
      { path: "/cards", words: "Make a memory card", more: "It holds the keys, behind a password." },
      { path: "/pair", words: "Pair a camera", more: "A link, then a number that both sides show." },
      { path: "/camera", words: "Start the camera", more: "In the tab that you paired." },
    ],
    here: "Camera and viewer are two tabs of one browser, or two devices. A picture leaves its camera only sealed: the server passes it on and cannot open it.",
  },
  cards: {
    heading: "Memory cards",
    lead: "A card holds the keys that open your cameras' pictures. It lies in this browser or on a stick, locked by its password.",
    reading: "Reading the cards on this device",
    makeHeading: "Make a card",
    makeAnother: "Make another card",
    name: "Name of the card",
    nameHint: "For example: Home",
    password: "Password",
    passwordHint:
      "At least 10 characters. Nobody can restore it: make a recovery code once the card is there.",
    make: "Make the card",
    making: "Making the card. Hardening the password takes some seconds",
    opening: "Opening the card. The password is made slow to guess, so this takes some seconds",
    erasing: "Erasing the card",
    open: "Open",
    close: "Lock",
    copy: "Save a copy",
    erase: "Erase the card",
    eraseShort: "Erase",
    eraseHeading: (name: string) => `Erase “${name}”?`,
    eraseWords:
      "The keys on it are gone for good. Pictures sealed to it can never be opened again, and its cameras must be paired anew.",
    created: (date: string) => `Made ${date}`,
    locked: "Locked",
    unlocked: "Open",
    cameras: (count: number) => (count === 1 ? "1 camera" : `${count} cameras`),
    none: "No camera is on this card yet.",
    pairOne: "Pair a camera",
    pending: "Pending: the camera has not confirmed these keys yet",
    generation: (generation: number) => `Keys no. ${generation}`,
    choose: "Card",
    passwordOf: (name: string) => `Password of “${name}”`,
  },
  camera: {
    heading: "Camera",
    asking: "Waiting for the browser's permission to use the camera",
    chooseHeading: "Which camera?",
    chooseLead: "This tab seals the pictures of one camera.",
    paired: "Paired",
    unpaired: "Not paired yet",
    unnamed: "Camera without a name",
    previewWords: "Only you see this picture. It is not sent yet.",
    start: "Start sealing",
    starting: "Getting the array sensor ready",
    stop: "Stop",
    running: "Sealing",
    runningSince: (time: string) => `since ${time}`,
    rate: (frames: number) => `${frames}/s`,
    size: (width: number, height: number) => `${width} × ${height}`,
    watchers: (count: number) =>
      count === 0 ? "Nobody is viewing" : count === 1 ? "1 viewer" : `${count} viewers`,
    number: "Camera number",
    picture: "Picture",
    generation: "Key generation",
    viewers: "Viewing now",
    relayTerm: "Relay",
    relay: {
      connecting: "Reaching the relay",
      "this-device": "Viewers on this device alone can reach this camera: the server does not answer",
      reachable: "Viewers can reach this camera",
      unreachable: "Viewers cannot reach this camera now. It goes on sealing and keeps trying.",
    },
    preview: "What this camera sees",
    failedHeading: "The camera is off",
    other: "Choose another camera",
  },
  viewer: {
    heading: "View a camera",
    chooseCardLead: "Open the memory card that the camera is on.",
    chooseCameraHeading: "Which camera?",
    chooseCameraLead: (card: string) => `On the card “${card}”.`,
    viewing: (name: string) => `Viewing “${name}”`,
    leave: "Other camera",
    eject: "Eject card",
    failedHeading: "Viewing stopped",
    path: { "this-device": "This device", relayed: "By a server", direct: "Direct" },
    pathExact: {
      "this-device": "From a tab of this device; no network in between",
      relayed: "Through a server that passes the sealed pictures on and cannot open them",
      direct: "Straight from the camera's device; no server in between",
    },
    delay:
      "From the camera to this screen, about: the two clocks are compared by the camera's signed answers",
    about: (time: string) => `about ${time}`,
    waitingFor: {
      relay: "Reaching the relay",
      camera: "Waiting for the camera: it is off, or was paired with another card",
      proof: "Waiting for the camera to prove its key",
      head: "Waiting for the signed start of the stream",
      "first-frame": "Waiting for the first picture",
    },
    none: "No camera is on this card yet.",
    record: "Record",
    stopRecording: "Stop recording",
    stop: "Stop",
    recording: "Recording",
    recordings: "Recordings",
  },
  account: accountEn,
  live: liveEn,
  sealing: sealingEn,
  copies: copiesEn,
  recordings: recordingsEn,
  stored: storedEn,
  card: cardEn,
  keys: keysEn,
  places: placesEn,
  verify: verifyEn,
  selfCheck: selfCheckEn,
  player: playerEn,
  picture: {
    live: "Live",
    notLive: "Not live",
    liveExact: "Proven fresh a few seconds ago",
    notLiveExact: "Not proven fresh: it may be a recording or late",
    why: "Why?",
    label: (name: string) => `Picture of “${name}”`,
    recovering: (frames: number) => `Good pictures again. Shown after ${frames} more`,
    shows: "What this shows",
    showsST1: (device: string | null) =>
      `The picture is, bit for bit, what the camera's tab received from ${device === null ? "its capture device" : `the device that calls itself “${device}”`}, and it was sealed with the number below.`,
    showsCodedST1: (device: string | null) =>
      `The picture is, bit for bit, what the camera's tab coded of what it received from ${device === null ? "its capture device" : `the device that calls itself “${device}”`}, and it was sealed with the number below. Coding leaves out fine detail; “Lossless” has every pixel.`,
    notShows: "What it does not show",
    notShowsST1:
      "That the scene is real. A browser cannot tell a lens from a program that plays a film, or see a screen held before the lens.",
    checks: "The checks",
    todo: "What to do",
    number: "Camera number",
    sequence: "Picture",
    captured: "Camera clock",
    missing: "Left out or lost",
    missingWords: (count: number) => (count === 0 ? "none" : count === 1 ? "1 picture" : `${count} pictures`),
    changed: (count: number) => (count === 1 ? "1 changed part, hatched" : `${count} changed parts, hatched`),
  },
  pair: {
    headings: {
      "choose-card": "Pair a camera",
      opening: "Pair a camera",
      link: "Scan this with the camera's device",
      compare: "Do both show this number?",
      writing: "Writing the card",
      done: "Paired",
      failed: "The pairing stopped",
      "asking-camera": "Allow the camera",
      "choose-device": "Which camera?",
      connecting: "Reaching the card",
    },
    chooseCardLead: "Open the memory card that is to receive the camera's key.",
    linkLead: "It works once. Whoever opens it first is shown to you for comparison.",
    linkLabel: "Pairing link",
    openHere: "Open the camera's tab",
    code: "QR code of the pairing link",
    codeHint: "Scan it with the phone's camera, or in Sealcam on the phone.",
    thisDeviceOnly:
      "This address works on this device only. For a phone, start Sealcam with npm start -- --lan and open the address that it prints.",
    copyHint: "Or open it in another tab, or copy it:",
    scan: scanEn,
    expires: "Works for",
    expired: "Expired",
    waitingFor: {
      camera: "Waiting for the camera to open the link",
      acknowledgement: "Waiting for the camera to confirm its keys",
      registration: "Registering the camera with your account",
      permission: "Waiting for the browser's permission to use the camera",
      hub: "Waiting for the device with the card",
      confirmation: "Waiting for the other side to confirm the number",
    },
    compareHub: (label: string) =>
      `The camera calls itself “${label}”. Look at its screen: every group has to be the same.`,
    compareCamera: "Look at the screen with the memory card: every group has to be the same.",
    same: "They are the same",
    differ: "They differ",
    name: "Name of the camera",
    register: (account: string) => `Register it with the account ${account}`,
    registerWords:
      "Viewing then needs a one-time password of this server, besides the card. To undo that, pair the camera anew.",
    registered: "The camera is registered. Each time a card is connected, it asks for a one-time password.",
    writing: "Writing the decryption key to the card and sending the encryption key to the camera",
    doneHub: (card: string) =>
      `The camera is on the card “${card}”. It seals its pictures to this card alone.`,
    doneCamera: "This camera seals its pictures to that card alone.",
    view: "View it",
    startCamera: "Start the camera",
    again: "Pair another camera",
    newLink: "Make a new link",
    seemsExpired:
      "By this device's clock the link has expired. If that clock is right, make a new link; if it is wrong, go on.",
    replaces: {
      hub: "This camera belongs to another card already. Going on replaces that card: it will open none of the new pictures.",
      pairing:
        "This camera is paired anew with the device it was paired with before. Its new pictures open with the card that is open there.",
    },
    cameraLead: "This device is to become a camera.",
    diagram: "What passes between the two sides",
    card: "Memory card",
    camera: "Camera",
    here: "Here",
    there: "The other side",
    passing: {
      link: "A secret that works once",
      proof: "A proof that both hold the link",
      number: "The camera's number, signed",
      keys: "The encryption key. The decryption key stays on the card.",
      done: "Sealed pictures, from now on",
    },
  },
  insecure: insecureEn,
  none: {
    heading: "There is no such page",
    words: "The address is wrong or old.",
    home: "To the start page",
  },
  fault: { code: (code: string) => `Code: ${code}` },
};

export type Texts = typeof en;
