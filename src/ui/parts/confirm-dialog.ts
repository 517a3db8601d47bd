import { css, html, LitElement, type TemplateResult } from "lit";
import { texts } from "../texts/index.ts";
import { base, buttons } from "./styles.ts";

/** What is asked, and what the confirming button says. */
export interface Question {
  readonly heading: string;
  readonly words: string;
  readonly action: string;
}

/** `<sealcam-confirm-dialog>`: asks before something that cannot be undone. Native `<dialog>`; Escape says no. */
export class ConfirmDialog extends LitElement {
  static override properties = { heading: {}, words: {}, action: {} };
  declare heading: string;
  declare words: string;
  /** What the confirming button says. */
  declare action: string;
  #answer: ((yes: boolean) => void) | null = null;

  static override styles = [
    base,
    buttons,
    css`
      dialog {
        inline-size: min(28rem, calc(100vw - 32px));
        padding: var(--space-6);
        border: 1px solid var(--line);
        border-radius: var(--round);
        background: var(--surface);
        color: var(--ink);
        box-shadow: var(--shadow);
      }

      dialog::backdrop {
        background: rgb(10 10 20 / 0.55);
      }

      form {
        display: grid;
        gap: var(--space-4);
      }

      .actions {
        display: flex;
        flex-wrap: wrap;
        justify-content: flex-end;
        gap: var(--space-3);
        margin-block-start: var(--space-2);
      }

      @media (max-width: 30rem) {
        .actions {
          flex-direction: column-reverse;
          align-items: stretch;
        }
      }
    `,
  ];

  constructor() {
    super();
    this.heading = "";
    this.words = "";
    this.action = "";
  }

  /** Asks with these words. */
  async askWith(question: Question): Promise<boolean> {
    Object.assign(this, question);
    await this.updateComplete;
    return this.ask();
  }

  /** Asks one after the other; the first no ends it. */
  async askEach(...questions: readonly Question[]): Promise<boolean> {
    for (const question of questions) if (!(await this.askWith(question))) return false;
    return true;
  }

  /** Opens and resolves with what the person chose; closing it any other way is a no. */
  ask(): Promise<boolean> {
    this.#answer?.(false);
    this.renderRoot.querySelector("dialog")?.showModal();
    return new Promise((resolve) => {
      this.#answer = resolve;
    });
  }

  override render(): TemplateResult {
    return html`<dialog aria-labelledby="heading" aria-describedby="words" @close=${this.#closed}>
      <form method="dialog">
        <h2 id="heading">${this.heading}</h2>
        <p id="words" class="quiet">${this.words}</p>
        <div class="actions">
          <button value="no" autofocus>${texts().actions.cancel}</button>
          <button value="yes" class="danger filled">${this.action}</button>
        </div>
      </form>
    </dialog>`;
  }

  #closed = (event: Event): void => {
    const dialog = event.currentTarget as HTMLDialogElement;
    this.#answer?.(dialog.returnValue === "yes");
    this.#answer = null;
    dialog.returnValue = "";
  };
}
customElements.define("sealcam-confirm-dialog", ConfirmDialog);

declare global {
  interface HTMLElementTagNameMap {
    "sealcam-confirm-dialog": ConfirmDialog;
  }
}
