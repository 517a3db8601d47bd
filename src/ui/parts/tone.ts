let context: AudioContext | null = null;
let soundedAt = Number.NEGATIVE_INFINITY;

/** A stream that flickers between good and bad must not become a siren. ms */
const pause = 5000;

/**
 * One short falling tone: a picture that was guaranteed no longer is. Silent where the browser has not yet been allowed
 * to make sound, or the last one was a moment ago.
 */
export function soundAlarm(): void {
  const now = performance.now();
  if (now - soundedAt < pause) return;
  soundedAt = now;
  context ??= new AudioContext();
  if (context.state === "suspended") void context.resume();
  const start = context.currentTime;
  const tone = new OscillatorNode(context, { type: "triangle", frequency: 660 });
  const volume = new GainNode(context, { gain: 0 });
  tone.frequency.setValueAtTime(440, start + 0.14);
  volume.gain.linearRampToValueAtTime(0.12, start + 0.02);
  volume.gain.setValueAtTime(0.12, start + 0.26);
  volume.gain.linearRampToValueAtTime(0, start + 0.34);
  tone.connect(volume).connect(context.destination);
  tone.start(start);
  tone.stop(start + 0.36);
}
