import { html, type TemplateResult } from "lit";
import { sealRing } from "./seal.ts";

/** The app's mark: the closed ring with its notch, around a lens. `currentColor`, `size` CSS pixels. Decoration. */
export function appIcon(size = 24): TemplateResult {
  return html`<svg viewBox="0 0 24 24" width=${size} height=${size} fill="currentColor" aria-hidden="true">
    <path fill-rule="evenodd" d=${sealRing} />
    <circle cx="12" cy="12.5" r="3.7" />
  </svg>`;
}
