import { css, html, LitElement, type TemplateResult } from "lit";
import { sealRing } from "./seal.ts";
import { base } from "./styles.ts";

/** `<sealcam-wait>words</sealcam-wait>`: a wait that says what it waits for. The notch of the ring goes round. */
export class Wait extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: flex;
        align-items: center;
        gap: var(--space-3);
        color: var(--ink-2);
      }

      svg {
        animation: round 2.4s linear infinite;
      }

      @keyframes round {
        to {
          rotate: 360deg;
        }
      }

      @media (prefers-reduced-motion: reduce) {
        svg {
          animation: none;
        }
      }
    `,
  ];

  override render(): TemplateResult {
    return html`<svg viewBox="0 0 24 24" width="24" height="24" fill="currentColor" aria-hidden="true">
        <path fill-rule="evenodd" d=${sealRing} />
      </svg>
      <p role="status"><slot></slot></p>`;
  }
}
customElements.define("sealcam-wait", Wait);

declare global {
  interface HTMLElementTagNameMap {
    "sealcam-wait": Wait;
  }
}
