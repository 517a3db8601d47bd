import { css } from "lit";

/**
 * The design tokens, as custom properties of the document. A value with `light-dark()` is resolved where it is
 * *used*, so an element that sets `color-scheme: dark` (the viewer) gets the dark half of all of them.
 *
 * The colours whose name begins with `--state` mean the state of a picture and are used for nothing else.
 */
export const tokens = css`
  :root {
    color-scheme: light dark;

    --paper: light-dark(#f6f6f3, #0f1015);
    --surface: light-dark(#ffffff, #181a21);
    --sunken: light-dark(#eeeeea, #0a0b0f);
    --ink: light-dark(#16171c, #eceef3);
    --ink-2: light-dark(#565a66, #a2a8b6);
    --line: light-dark(#dcdcd6, #2b2e39);
    --edge: light-dark(#85888f, #6b7080);

    --accent: light-dark(#322b8c, #b6b9ff);
    --accent-strong: light-dark(#272170, #cfd1ff);
    --on-accent: light-dark(#ffffff, #14122f);
    --accent-wash: light-dark(#ebeaf7, #20203a);
    --danger: light-dark(#9d1f1f, #ff9d94);
    --danger-wash: light-dark(#faeceb, #2b1919);

    --state-0-wait: light-dark(#8a5200, #f6b850);
    --state-0: light-dark(#b3201b, #ff8b80);
    --state-1: light-dark(#0b7267, #5fd9c8);
    --state-2: light-dark(#085c54, #3ccab7);
    --state-3: light-dark(#05463f, #22b8a5);

    --card-1: light-dark(#3a329c, #353070);
    --card-2: light-dark(#221c63, #1d1a44);
    --card-ink: #ffffff;
    --card-ink-2: #d3d1f3;

    --stage: #08090c;
    --glass: rgb(12 13 18 / 0.78);
    --glass-line: rgb(255 255 255 / 0.12);

    --space-1: 4px;
    --space-2: 8px;
    --space-3: 12px;
    --space-4: 16px;
    --space-5: 20px;
    --space-6: 24px;
    --space-8: 32px;
    --space-12: 48px;
    --touch: 44px;
    --round: 14px;
    --round-small: 10px;

    --font: system-ui, -apple-system, "Segoe UI", Roboto, "Hiragino Sans", "Noto Sans JP", "Noto Sans", sans-serif;
    --mono: ui-monospace, "SF Mono", "Cascadia Mono", "Roboto Mono", "DejaVu Sans Mono", monospace;
    --small: 0.8125rem;
    --body: 1rem;
    --title: 1.5rem;
    --regular: 400;
    --strong: 600;

    --quick: 160ms;
    --shadow: 0 1px 2px rgb(20 20 40 / 0.06), 0 8px 24px rgb(20 20 40 / 0.08);
  }

  @media (prefers-reduced-motion: reduce) {
    :root {
      --quick: 0ms;
    }
  }

  html {
    background: var(--paper);
    color: var(--ink);
    font: var(--regular) var(--body) / 1.5 var(--font);
    -webkit-text-size-adjust: 100%;
    text-size-adjust: 100%;
  }

  html:lang(ja) {
    word-break: auto-phrase;
  }

  body {
    margin: 0;
  }
`;

/** Puts the tokens on the document, once. A constructed sheet, so `style-src 'self'` holds. */
export function adoptTokens(): void {
  const sheet = tokens.styleSheet;
  if (sheet !== undefined && !document.adoptedStyleSheets.includes(sheet))
    document.adoptedStyleSheets.push(sheet);
}
