import { html, type SVGTemplateResult, svg, type TemplateResult } from "lit";

/**
 * The small drawings, on a 24 grid with a 1.75 line and round ends, in `currentColor`. All are decoration: the words
 * stand beside them, or the control carries a label.
 */
const drawings = {
  view: svg`<path d="M2.5 12S6 5.75 12 5.75 21.5 12 21.5 12 18 18.25 12 18.25 2.5 12 2.5 12Z"/><circle cx="12" cy="12" r="2.75"/>`,
  "on-camera": svg`<path d="M5.75 6h3l1.5-2h3.5l1.5 2h3A2.75 2.75 0 0 1 21 8.75v8A2.75 2.75 0 0 1 18.25 19.5H5.75A2.75 2.75 0 0 1 3 16.75v-8A2.75 2.75 0 0 1 5.75 6Z"/><path d="M10.25 9.25v6.5l5-3.25Z" fill="currentColor"/>`,
  films: svg`<rect x="3.25" y="7.75" width="17.5" height="12" rx="2.5"/><path d="M6 4.5h12"/><path d="M10.25 10.75v6l4.75-3Z" fill="currentColor"/>`,
  camera: svg`<path d="M5.75 6h3l1.5-2h3.5l1.5 2h3A2.75 2.75 0 0 1 21 8.75v8A2.75 2.75 0 0 1 18.25 19.5H5.75A2.75 2.75 0 0 1 3 16.75v-8A2.75 2.75 0 0 1 5.75 6Z"/><circle cx="12" cy="12.5" r="3.75"/>`,
  pair: svg`<circle cx="8.75" cy="12" r="5.75"/><circle cx="15.25" cy="12" r="5.75"/>`,
  cards: svg`<rect x="2.75" y="5.25" width="18.5" height="13.5" rx="2.75"/><circle cx="15.75" cy="11" r="2.25"/><path d="M6 15.5h5"/>`,
  stick: svg`<rect x="7" y="9" width="10" height="11.5" rx="2.25"/><path d="M9 9V3.75h6V9M11 6.25v.05M13 6.25v.05"/>`,
  lock: svg`<rect x="5" y="10.75" width="14" height="9.5" rx="2.5"/><path d="M8 10.5V7.75a4 4 0 0 1 8 0v2.75"/>`,
  unlock: svg`<rect x="5" y="10.75" width="14" height="9.5" rx="2.5"/><path d="M8 10.5V7.5a4 4 0 0 1 7.75-1.35"/>`,
  copy: svg`<rect x="8.5" y="8.5" width="11.5" height="11.5" rx="2.5"/><path d="M15.5 5.5A1.75 1.75 0 0 0 13.75 4h-8A1.75 1.75 0 0 0 4 5.75v8a1.75 1.75 0 0 0 1.5 1.75"/>`,
  check: svg`<path d="m5.5 12.75 4.25 4.25L18.5 7.5"/>`,
  cross: svg`<path d="m6.5 6.5 11 11m0-11-11 11"/>`,
  dash: svg`<path d="M7.5 12h9"/>`,
  shown: svg`<path d="M2.5 12S6 5.75 12 5.75 21.5 12 21.5 12 18 18.25 12 18.25 2.5 12 2.5 12Z"/><circle cx="12" cy="12" r="2.75"/>`,
  concealed: svg`<path d="M3 9.5c1.6 2.7 4.7 5 9 5s7.4-2.3 9-5M12 14.5V18m-4.5-4.4-1.75 3m10.75-3 1.75 3"/>`,
  eject: svg`<path d="M12 5.25 18.75 13H5.25ZM5.25 17.75h13.5"/>`,
  stop: svg`<rect x="6.5" y="6.5" width="11" height="11" rx="2" fill="currentColor"/>`,
  record: svg`<circle cx="12" cy="12" r="8.75"/><circle cx="12" cy="12" r="4.25" fill="currentColor"/>`,
  pause: svg`<path d="M8.25 5.5v13m7.5-13v13" stroke-width="3"/>`,
  earlier: svg`<path d="M7 4.5 3.75 7.75 7 11"/><path d="M4 7.75h8.25a6 6 0 1 1-5.6 8.15"/>`,
  later: svg`<path d="m17 4.5 3.25 3.25L17 11"/><path d="M20 7.75h-8.25a6 6 0 1 0 5.6 8.15"/>`,
  next: svg`<path d="M5.5 6v12l8.5-6ZM18 6v12"/>`,
  sound: svg`<path d="M4 9.5v5h3.25L12 18.5v-13L7.25 9.5Z"/><path d="M15.25 9a4.25 4.25 0 0 1 0 6m2.5-8.5a8 8 0 0 1 0 11"/>`,
  mute: svg`<path d="M4 9.5v5h3.25L12 18.5v-13L7.25 9.5Z"/><path d="m15.5 9.75 4.5 4.5m0-4.5-4.5 4.5"/>`,
  alarm: svg`<path d="M6.25 16.75V11a5.75 5.75 0 0 1 11.5 0v5.75M4 16.75h16M10.25 19.75h3.5M12 5.25v-1.5"/>`,
  "alarm-off": svg`<path d="M6.25 16.75V11c0-.9.2-1.75.57-2.5M9.3 5.9A5.75 5.75 0 0 1 17.75 11v2.75M4 16.75h11.5M10.25 19.75h3.5M4.5 4l15 16"/>`,
  microphone: svg`<rect x="9" y="3.5" width="6" height="10.5" rx="3"/><path d="M5.75 11.25a6.25 6.25 0 0 0 12.5 0M12 17.5v3"/>`,
  "microphone-off": svg`<path d="M15 9.5V6.5a3 3 0 0 0-5.9-.75M9 9.5V11a3 3 0 0 0 4.6 2.5M5.75 11.25a6.25 6.25 0 0 0 10.1 4.9m2.2-3.15c.13-.57.2-1.15.2-1.75M12 17.5v3M4.5 4l15 16"/>`,
  settings: svg`<path d="M4 7.5h8.5m5.5 0h2M4 16.5h2m5.5 0H20"/><circle cx="15.25" cy="7.5" r="2.5"/><circle cx="8.75" cy="16.5" r="2.5"/>`,
  send: svg`<path d="M4.5 12h13m-5.25-5.75L18.5 12l-6.25 5.75"/>`,
  play: svg`<path d="M8 5.25v13.5L18.75 12Z"/>`,
  keep: svg`<path d="M7 4.5h10v15.25L12 16.1l-5 3.65Z"/>`,
  kept: svg`<path d="M7 4.5h10v15.25L12 16.1l-5 3.65Z" fill="currentColor"/>`,
  save: svg`<path d="M12 4v10.5m-4.75-4.5L12 14.75 16.75 10M4.75 15.5v2.25A1.75 1.75 0 0 0 6.5 19.5h11a1.75 1.75 0 0 0 1.75-1.75V15.5"/>`,
  erase: svg`<path d="M4.5 6.75h15M9.5 6.5V4.25h5V6.5m3 .5-.75 11.1A1.75 1.75 0 0 1 15 19.75H9a1.75 1.75 0 0 1-1.75-1.65L6.5 7"/>`,
  back: svg`<path d="M19 12H5.5m6-6.25L5.25 12l6.25 6.25"/>`,
  forward: svg`<path d="m9.5 5.75 6.25 6.25-6.25 6.25"/>`,
  open: svg`<path d="M13.5 4.5h6v6m-.5-5.5-8 8M10 5H6.75A1.75 1.75 0 0 0 5 6.75v10.5C5 18.2 5.8 19 6.75 19h10.5A1.75 1.75 0 0 0 19 17.25V14"/>`,
  person: svg`<circle cx="12" cy="8.25" r="4"/><path d="M4.75 19.75a7.25 7.25 0 0 1 14.5 0"/>`,
  grid: svg`<rect x="4" y="4.75" width="7" height="6" rx="1.5"/><rect x="13" y="4.75" width="7" height="6" rx="1.5"/><rect x="4" y="13.25" width="7" height="6" rx="1.5"/><rect x="13" y="13.25" width="7" height="6" rx="1.5"/>`,
  key: svg`<circle cx="7.75" cy="12" r="4.25"/><path d="M12 12h9m-2.5 0v3.25m-3.25-3.25v2"/>`,
  link: svg`<path d="M10 14a4 4 0 0 0 5.7.2l3-3a4 4 0 0 0-5.7-5.7l-1 1M14 10a4 4 0 0 0-5.7-.2l-3 3a4 4 0 0 0 5.7 5.7l1-1"/>`,
  number: svg`<path d="M9.5 4.5 8 19.5m8-15-1.5 15M4.5 9.25h15.5M4 14.75h15.5"/>`,
  attention: svg`<path d="M12 7v6.25"/><path d="M12 17.1v.05"/><circle cx="12" cy="12" r="9.25"/>`,
  fill: svg`<path d="M4.5 9V6.25A1.75 1.75 0 0 1 6.25 4.5H9m6 0h2.75a1.75 1.75 0 0 1 1.75 1.75V9m0 6v2.75a1.75 1.75 0 0 1-1.75 1.75H15m-6 0H6.25a1.75 1.75 0 0 1-1.75-1.75V15"/>`,
} satisfies Record<string, SVGTemplateResult>;

export type IconName = keyof typeof drawings;

/** One drawing, `size` CSS pixels wide. */
export function icon(name: IconName, size = 24): TemplateResult {
  return html`<svg
    viewBox="0 0 24 24"
    width=${size}
    height=${size}
    fill="none"
    stroke="currentColor"
    stroke-width="1.75"
    stroke-linecap="round"
    stroke-linejoin="round"
    aria-hidden="true"
  >
    ${drawings[name]}
  </svg>`;
}
