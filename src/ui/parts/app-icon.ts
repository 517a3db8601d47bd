import { html, type TemplateResult } from "lit";

/** The app's mark: the closed ring with its notch, around a lens. `currentColor`, `size` CSS pixels. Decoration. */
export function appIcon(size = 24): TemplateResult {
  return html`<svg viewBox="0 0 24 24" width=${size} height=${size} fill="none" stroke="currentColor" aria-hidden="true">
    <path
      stroke-width="2"
      stroke-linejoin="round"
      d="M14.25 3.29A9 9 0 1 1 9.75 3.29L12 6.4Z"
    />
    <circle cx="12" cy="12.9" r="3.9" fill="currentColor" stroke="none" />
  </svg>`;
}
