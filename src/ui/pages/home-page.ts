import { css, html, LitElement, type TemplateResult } from "lit";
import { map } from "lit/directives/map.js";
import { appIcon } from "../parts/app-icon.ts";
import { icon } from "../parts/icons.ts";
import "../parts/state-icon.ts";
import { base, buttons, column } from "../parts/styles.ts";
import { texts } from "../texts/index.ts";

/** `/`: what this is, and the two things to do. It has no snapshot. */
export class HomePage extends LitElement {
  static override styles = [
    base,
    buttons,
    column,
    css`
      .hero {
        display: grid;
        gap: var(--space-4);
      }

      h1 {
        max-inline-size: 16ch;
        font-size: clamp(2rem, 8.5vw, 2.75rem);
        letter-spacing: -0.025em;
        line-height: 1.08;
      }

      .lead {
        max-inline-size: 34em;
      }

      .way {
        display: grid;
        grid-template-columns: auto 1fr auto;
        align-items: center;
        gap: var(--space-3);
        color: var(--accent);
      }

      .line {
        display: flex;
        align-items: center;
        justify-content: space-around;
        block-size: 1.5px;
        background: var(--line);
      }

      .line span {
        inline-size: 10px;
        block-size: 10px;
        border: 2px solid var(--accent);
        border-radius: 50%;
        background: var(--paper);
      }

      .two {
        display: grid;
        gap: var(--space-3);
      }

      .way-in {
        display: grid;
        grid-template-columns: auto 1fr;
        align-items: center;
        gap: 0 var(--space-4);
        padding: var(--space-4) var(--space-5);
        border: 1px solid var(--line);
        border-radius: var(--round);
        background: var(--surface);
        color: var(--ink);
        text-decoration: none;
        transition: border-color var(--quick);
      }

      .way-in:hover {
        border-color: var(--accent);
      }

      .way-in svg {
        grid-row: span 2;
      }

      .way-in span {
        color: var(--ink-2);
        font-size: var(--small);
      }

      .way-in.first {
        border-color: transparent;
        background: var(--accent);
        color: var(--on-accent);
      }

      .way-in.first:hover {
        background: var(--accent-strong);
      }

      .way-in.first span {
        color: inherit;
        opacity: 0.85;
      }

      strong,
      h2 {
        font-weight: var(--strong);
      }

      .steps {
        display: grid;
        counter-reset: step;
        margin-block-start: var(--space-2);
      }

      .steps li {
        counter-increment: step;
        border-block-start: 1px solid var(--line);
      }

      .steps a {
        display: grid;
        grid-template-columns: 2rem 1fr auto;
        align-items: center;
        min-block-size: 60px;
        padding-block: var(--space-2);
        color: var(--ink);
        text-decoration: none;
      }

      .steps a::before {
        content: counter(step);
        color: var(--ink-2);
      }

      .steps a:hover strong {
        text-decoration: underline;
        text-underline-offset: 0.2em;
      }

      .steps svg,
      .steps .small {
        color: var(--ink-2);
      }

      .steps .small {
        display: block;
      }

      .more {
        display: flex;
        flex-wrap: wrap;
        gap: 0 var(--space-6);
      }

      @media (min-width: 40rem) {
        .two {
          grid-template-columns: 1fr 1fr;
        }
      }
    `,
  ];

  focusHeading(): void {
    this.renderRoot.querySelector<HTMLElement>("h1")?.focus();
  }

  override render(): TemplateResult {
    const t = texts().home;
    return html`
      <div class="hero">
        <div class="way" role="img" aria-label=${t.drawing}>
          ${appIcon(44)}
          <div class="line"><span></span><span></span><span></span><span></span></div>
          ${icon("cards", 44)}
        </div>
        <h1 tabindex="-1">${t.heading}</h1>
        <p class="lead">${t.lead}</p>
      </div>
      <div class="two">
        <a class="way-in first" href="/viewer">${icon("view", 28)}<strong>${t.view}</strong><span>${t.viewWords}</span></a>
        <a class="way-in" href="/camera">${icon("camera", 28)}<strong>${t.camera}</strong><span>${t.cameraWords}</span></a>
      </div>
      <section>
        <h2>${t.firstTime}</h2>
        <ol class="steps">
          ${map(
            t.steps,
            (step) => html`<li>
              <a href=${step.path}
                ><span><strong>${step.words}</strong><span class="small">${step.more}</span></span>${icon("forward", 20)}</a
              >
            </li>`,
          )}
        </ol>
      </section>
      <p class="more">
        <a class="button plain flush" href="/recordings">${texts().titles["/recordings"]}</a>
        <a class="button plain flush" href="/verify">${texts().titles["/verify"]}</a>
        <a class="button plain flush" href="/account">${texts().titles["/account"]}</a>
        <a class="button plain flush" href="/self-check">${texts().titles["/self-check"]}</a>
      </p>
      <p class="small quiet">${t.here}</p>
    `;
  }
}
customElements.define("sealcam-home-page", HomePage);

declare global {
  interface HTMLElementTagNameMap {
    "sealcam-home-page": HomePage;
  }
}
