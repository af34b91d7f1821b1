/** Only what can be awaited is awaited: an answer that is there is used at once. */
export function isThenable<T>(answer: T | PromiseLike<T>): answer is PromiseLike<T> & Promise<T> {
  return (
    typeof answer === 'object' &&
    answer !== null &&
    typeof (answer as { readonly then?: unknown }).then === 'function'
  );
}
