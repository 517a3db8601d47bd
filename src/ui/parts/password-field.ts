import { html, LitElement, nothing, type TemplateResult } from "lit";
import { texts } from "../texts/index.ts";
import { icon } from "./icons.ts";

/** There may be several under one root: each has its own ids. */
let made = 0;

/**
 * `<sealcam-password-field>`: a labelled password input with a show button. It renders into its own light DOM, so that
 * the input takes part in the form around it (Enter submits, password managers find it); the page's `fields` styles apply.
 */
export class PasswordField extends LitElement {
  static override properties = {
    label: {},
    hint: {},
    kind: {},
    user: {},
    disabled: { type: Boolean },
    shown: { state: true },
  };
  declare label: string;
  declare hint: string;
  /** `current-password` or `new-password`: what a password manager has to do. */
  declare kind: "current-password" | "new-password";
  /** What a password manager files it under: the card's name. */
  declare user: string;
  declare disabled: boolean;
  declare private shown: boolean;
  readonly #id = `password-${made++}`;

  constructor() {
    super();
    this.label = "";
    this.hint = "";
    this.kind = "current-password";
    this.user = "";
    this.disabled = false;
    this.shown = false;
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  get input(): HTMLInputElement | null {
    return this.querySelector<HTMLInputElement>("input.password");
  }

  override render(): TemplateResult {
    const t = texts();
    const isNew = this.kind === "new-password";
    return html`
      ${
        this.user === ""
          ? nothing
          : html`<input class="hidden-text" name="user" autocomplete="username" .value=${this.user} readonly tabindex="-1" aria-hidden="true" />`
      }
      <label for=${this.#id}>${this.label}</label>
      <span class="with-button">
        <input
          id=${this.#id}
          class="password"
          name="password"
          type=${this.shown ? "text" : "password"}
          autocomplete=${this.kind}
          autocapitalize="none"
          spellcheck="false"
          minlength=${isNew ? 10 : nothing}
          aria-describedby=${this.hint === "" ? nothing : `${this.#id}-hint`}
          required
          ?disabled=${this.disabled}
        />
        <button
          type="button"
          aria-pressed=${this.shown ? "true" : "false"}
          aria-label=${t.actions.showPassword}
          @click=${this.#toggle}
        >
          ${icon(this.shown ? "shown" : "concealed")}
        </button>
      </span>
      ${this.hint === "" ? nothing : html`<p id=${`${this.#id}-hint`} class="hint">${this.hint}</p>`}
    `;
  }

  #toggle = (): void => {
    this.shown = !this.shown;
  };
}
customElements.define("sealcam-password-field", PasswordField);

declare global {
  interface HTMLElementTagNameMap {
    "sealcam-password-field": PasswordField;
  }
}
