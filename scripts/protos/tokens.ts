/** The words of a `.proto` text, without comments. Strings keep their quotes. */
export class Tokens {
  readonly #file: string;
  readonly #words: readonly { readonly text: string; readonly line: number }[];
  #next = 0;

  constructor(file: string, text: string) {
    this.#file = file;
    this.#words = words(text);
  }

  get done(): boolean {
    return this.#next >= this.#words.length;
  }

  peek(): string {
    return this.#words[this.#next]?.text ?? '';
  }

  take(): string {
    const word = this.peek();
    this.#next++;
    return word;
  }

  /** Takes `word` if it comes next. */
  accept(word: string): boolean {
    if (this.peek() !== word) return false;
    this.#next++;
    return true;
  }

  expect(word: string): void {
    if (!this.accept(word)) this.fail(`expected ${word} before ${this.peek()}`);
  }

  integer(): number {
    const word = this.take();
    if (!/^\d+$/.test(word)) this.fail(`expected a number, not ${word}`);
    return Number(word);
  }

  string(): string {
    const word = this.take();
    if (!word.startsWith('"')) this.fail(`expected a string, not ${word}`);
    return JSON.parse(word) as string;
  }

  fail(problem: string): never {
    const { line } = this.#words[Math.min(this.#next, this.#words.length - 1)] ?? { line: 1 };
    throw new Error(`${this.#file}:${String(line)}: ${problem}`);
  }
}

function words(text: string): { text: string; line: number }[] {
  const found: { text: string; line: number }[] = [];
  let line = 1;
  for (const [word] of text.matchAll(/\n|\/\/[^\n]*|"[^"\n]*"|[\w.]+|[^\s\w]/g)) {
    if (word === '\n') line++;
    else if (!word.startsWith('//')) found.push({ text: word, line });
  }
  return found;
}
