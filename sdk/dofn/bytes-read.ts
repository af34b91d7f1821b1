/**
 * The counter in which sources tell how many bytes they have read. Progress and summaries say bytes only of it: the size
 * of a restriction may count anything.
 *
 * @internal
 */
export const BYTES_READ = 'bytes_read';
