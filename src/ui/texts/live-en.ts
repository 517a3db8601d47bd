import type { Ending, HeardSound, Interruption, ViewQuality } from "../models/snapshots.ts";

type Picture = ViewQuality["picture"];

const names: Record<Picture, string> = { full: "Full", small: "Small", lossless: "Lossless" };
const hints: Record<Picture, (perSecond: string) => string> = {
  full: () => "Video, as large as the camera's picture, up to 1280 pixels",
  small: () => "Video, 320 pixels: for a slow line or a small screen",
  lossless: (perSecond) => `The camera's exact pixels, ${perSecond} a second`,
};
const heard: Record<HeardSound["state"], string> = {
  off: "Off. Nothing of it is sent to this device.",
  waiting: "Waiting for the camera's sound",
  arriving: "You hear the camera",
  none: "No sound arrives. The camera may not be sending any.",
};

/** In the camera's own words: nothing but its end itself is signed. */
const endingWords: Record<Ending, string> = {
  stopped: "The camera says: it was stopped there.",
  unplugged: "The camera says: its capture device was pulled out, or may not be used any more.",
  replaced: "The camera says: it was started in another tab or on another device.",
  repaired: "The camera says: it was paired anew.",
  failed: "The camera says: it could take or seal no more pictures.",
  hidden: "The camera says: its tab was hidden, and its browser gives no pictures then.",
  asleep: "The camera says: its device had fallen asleep.",
  resized: "The camera says: its pictures changed their size, as when a phone is turned.",
  crashed: "The camera says: the part of it that seals had crashed.",
};

/** What this camera came back from by itself. */
const returnedWords: Record<Interruption, string> = {
  hidden: "This tab was hidden, so the camera stood. Now it is a new stream.",
  asleep: "This device had fallen asleep. Now it is a new stream.",
  resized: "The picture changed its size, so a new stream was begun.",
  crashed: "The part that seals had crashed. It was started again, with a new stream.",
};

/** What a running stream says beside its picture, at both ends, in English. */
export const liveEn = {
  quality: {
    settings: "Quality",
    heading: "Picture",
    names,
    hints,
    rate: "Pictures a second",
    shown: (quality: string, size: string) => `${quality} · ${size}`,
    size: (width: number, height: number) => `${width} × ${height}`,
    recordingLossless: (perMinute: string) => `Recording this takes about ${perMinute} a minute.`,
    leftOut: (count: string) => `${count} pictures left out: too slow a line or device for this quality`,
    close: "Done",
  },
  sound: {
    heading: "Sound",
    turnOn: "Turn sound on",
    turnOff: "Turn sound off",
    volume: "Volume",
    states: heard,
  },
  grid: {
    heading: "Cameras side by side",
    show: "All side by side",
    list: "List",
    paused: "Paused",
    pausedWords: "Paused. Nothing of this camera is sent to this device.",
    tooMany: "Paused: nine cameras run at once. Pause another one to see this one.",
    needsPass: "A viewing pass is needed. Open this camera to get one.",
    pause: "Pause",
    pauseOne: (name: string) => `Pause “${name}”`,
    resume: "Go on",
    resumeOne: (name: string) => `Show “${name}” again`,
  },
  elsewhere: (server: string) =>
    `This camera is registered at ${server}. That server lets in its own accounts alone: open Sealcam there and sign in to view it.`,
  alarm: {
    stopped: "The camera has stopped",
    refused: "The picture is no longer guaranteed",
    what: {
      silent: "Nothing comes any more. The camera, or the network between, is down.",
      ended: "It ended its stream, signed, and did not say why.",
      disconnected: "The connection to it is gone, without a goodbye.",
    },
    endings: endingWords,
    title: (camera: string) => `Camera stopped: ${camera}`,
    refusedTitle: (camera: string) => `Look at ${camera}`,
    resumed: (time: string) => `Pictures again, after ${time} without`,
    soundOn: "Alarm sound is on. Turn it off",
    soundOff: "Alarm sound is off. Turn it on",
    sound: "Alarm sound",
  },
  lines: {
    heading: "Typed at the camera",
    meaning: "Typed at the camera and signed, not seen by it.",
    late: "not proven to be of now",
    clear: "Clear the lines",
  },
  camera: {
    sendSound: "Send sound",
    sendSoundWords: "Sealed like the pictures, for those who want it.",
    asking: "Waiting for the browser's permission to use the microphone",
    soundOn: "Sound on",
    soundOff: "Sound off",
    stopSound: "Turn sound off",
    hearing: "The microphone is on",
    recordHere: "Record here",
    recordFromStart: "Record here from the start",
    recordWords: "On this device, sealed to the card.",
    stopRecording: "Stop recording",
    recordings: "Recordings",
    say: "Say something",
    sent: "Sent of late",
    send: "Send",
    said: (time: string, viewers: number, isRecorded: boolean) => {
      const to = viewers === 1 ? "to 1 viewer" : `to ${viewers} viewers`;
      if (viewers === 0) return isRecorded ? `${time}, recorded` : `${time}, while nobody was viewing`;
      return isRecorded ? `${time}, ${to}, recorded` : `${time}, ${to}`;
    },
    unsent: (viewers: number) =>
      viewers === 1
        ? "1 viewer wants lossless pictures and gets none: they are too large for the network, or on their side."
        : `${viewers} viewers want lossless pictures and get none: they are too large for the network, or on their side.`,
    standsHidden: "Keep this tab in front: this browser gives no pictures while it is hidden.",
    returned: returnedWords,
    idle: "Ready",
    idleWords: "Nobody is viewing, so nothing is sealed.",
    details: "Details",
    frames: "From the camera",
    framesWords: (count: string) => `${count} pictures`,
    leftOut: "Left out",
    leftOutWords: (count: string) => `${count} for slow viewers`,
    leftOutHere: "Left out here",
    leftOutHereWords: (count: string) => `${count} because this device is busy`,
  },
};

export type LiveTexts = typeof liveEn;
