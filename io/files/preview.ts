const MAX_CHARS = 1024;

/**
 * Record data as it may stand in an error: control characters escaped, so that no record can forge a
 * line of the log, and cut at 1 KiB.
 */
export function preview(text: string): string {
  const cut =
    text.length > MAX_CHARS ? `${text.slice(0, MAX_CHARS)}… (${String(text.length)} chars)` : text;
  // Exactly these must not reach a terminal.
  return cut.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, escapeOf);
}

function escapeOf(char: string): string {
  return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
