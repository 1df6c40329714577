import { currentSettings } from './settings.js';

/**
 * Short sounds and vibrations, for those who have switched them on.
 *
 * @typedef {'locked' | 'right' | 'wrong' | 'matched' | 'low'} Cue
 */

/**
 * Tones of each cue: hertz and milliseconds.
 * @type {Record<Cue, [number, number][]>}
 */
const tones = {
  locked: [[660, 70]], low: [[880, 50]], matched: [[523, 90], [784, 140]],
  right: [[523, 90], [659, 90], [784, 170]], wrong: [[330, 130], [262, 210]],
};

/**
 * Milliseconds of shaking and of rest, in turn.
 * @type {Record<Cue, number[]>}
 */
const pulses = { locked: [12], low: [25], matched: [30, 60, 30], right: [20, 40, 30], wrong: [70] };

/** @type {AudioContext | null} */
let audio = null;

/** @param {Cue} name */
export function cue(name) {
  // Browsers allow neither before the page was touched.
  if (/** @type {any} */ (navigator).userActivation?.hasBeenActive === false) return;
  const { sound, vibration } = currentSettings();
  if (vibration) navigator.vibrate?.(pulses[name]);
  if (sound) play(tones[name]);
}

/** @param {[number, number][]} melody */
function play(melody) {
  try {
    audio ??= new AudioContext();
    audio.resume();
    let at = audio.currentTime;
    for (const [hertz, milliseconds] of melody) {
      const end = at + milliseconds / 1000;
      const tone = audio.createOscillator();
      const loudness = audio.createGain();
      tone.frequency.value = hertz;
      loudness.gain.setValueAtTime(0.08, at);
      loudness.gain.exponentialRampToValueAtTime(0.001, end);
      tone.connect(loudness).connect(audio.destination);
      tone.start(at);
      tone.stop(end);
      at = end;
    }
  } catch {
    // A device without sound is silent.
  }
}
