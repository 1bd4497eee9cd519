/**
 * Text from a recording made safe to look at. React already shows it as text; this keeps it from lying: terminal
 * escapes would be noise, and control or direction characters would show something other than what stands there.
 */

// CSI and OSC sequences, then any other two-character escape.
// oxlint-disable-next-line no-control-regex
const TERMINAL_ESCAPE = /\u001B(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001B]*(?:\u0007|\u001B\\)?|[ -/]*[0-~])/g;

// Bidirectional controls, zero-width spaces and the byte order mark; joiners stay, scripts and emoji need them.
const HIDDEN = /[\u061C\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/g;

// oxlint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]/g;

/** Colours of a terminal are taken out; control and direction characters become visible marks such as `⟨U+202E⟩` and `␀`. */
export function visibleText(text: string): string {
  return text
    .replaceAll("\r\n", "\n")
    .replaceAll(TERMINAL_ESCAPE, "")
    .replaceAll(HIDDEN, (character) => `⟨U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}⟩`)
    .replaceAll("\r", "\n")
    .replaceAll(CONTROL, (character) =>
      character === "\u007F" ? "␡" : String.fromCharCode(0x2400 + character.charCodeAt(0)),
    );
}

/** The same on one line: runs of white space become one space. */
export function oneLine(text: string): string {
  return visibleText(text).replaceAll(/\s+/g, " ").trim();
}
