/** Takes the elements of one file of one bundle. */
export interface PartWriter<T> {
  /** Returns about how many bytes it holds more than before. */
  add(value: T): number;
  /** Writes what it holds to the end of the file. */
  flush(): void;
}

/** How elements become files. */
export interface OutputFormat<T> {
  openPart(file: string): PartWriter<T>;
  /** Makes one file, `to`, of all parts in order; of no parts, an empty file of the format. */
  join(parts: readonly string[], to: string): Promise<void>;
}
