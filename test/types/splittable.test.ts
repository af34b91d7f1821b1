import { describe, expect, it } from '@jest/globals';
import { expectTypeOf } from 'expect-type';
import {
  growableRange,
  offsetRange,
  s,
  source,
  tracker,
  type PCollection,
  type Root,
  type Source,
} from 'strahl';

interface Letters {
  readonly todo: string;
}
const byLetter = tracker<Letters, number>({
  claim: ({ todo }, at) => at < todo.length,
  done: ({ todo }, last = -1) => last >= todo.length - 1,
});

/** Never called: the claims are the compiler's. */
export function claims(p: Root): void {
  const bounded = source({
    element: s.string,
    bounded: 'bounded',
    initial: () => ({ from: 0, to: 5, name: 'x' }),
    read(r, { claim, emit }) {
      expectTypeOf(r).toEqualTypeOf<{ from: number; to: number; name: string }>();
      expectTypeOf(claim).parameters.toEqualTypeOf<[number]>();
      expectTypeOf(emit).parameter(0).toEqualTypeOf<string>();
    },
  });
  expectTypeOf(bounded).toEqualTypeOf<Source<string, 'bounded'>>();
  const growing = source({
    element: s.int64,
    bounded: 'unbounded',
    tracker: growableRange({ end: () => 7 }),
    initial: () => ({ from: 0, to: Infinity }),
    read: (r, c) => {
      c.resumeAfter(r.from);
    },
  });
  expectTypeOf(growing).toEqualTypeOf<Source<number, 'unbounded'>>();
  steps(p.of(['a']));
  untracked();
}

function steps(texts: PCollection<string, 'bounded', 'none'>): void {
  const out = texts.splittable({
    output: s.int64,
    tracker: offsetRange({ step: 2 }),
    initial: (text) => ({ from: 0, to: text.length }),
    element: (text, r, { claim, emit, window }) => {
      expectTypeOf(text).toEqualTypeOf<string>();
      if (claim(r.from)) emit(window.maxTimestamp);
    },
  });
  expectTypeOf(out).toEqualTypeOf<PCollection<number, 'bounded', 'none'>>();
  const endless = texts.splittable({
    bounded: 'unbounded',
    output: s.string,
    tracker: byLetter,
    initial: (text) => ({ todo: text }),
    element: (_text, r, { emit, claim }) => {
      expectTypeOf(r).toEqualTypeOf<Letters>();
      if (claim(0)) emit(r.todo);
    },
  });
  expectTypeOf(endless).toEqualTypeOf<PCollection<string, 'unbounded', 'none'>>();
  texts.with({ rate: texts.map((t) => t.length).asSingleton() }).splittable({
    output: s.int64,
    initial: (text) => ({ from: 0, to: text.length }),
    element: (_text, _r, { rate }, { emit }) => {
      expectTypeOf(rate).toEqualTypeOf<number>();
      emit(rate);
    },
  });
}

function untracked(): void {
  // @ts-expect-error STRAHL-1401: a restriction that is no range needs a tracker
  source({
    bounded: 'bounded',
    initial: () => ({ todo: 'abc' }),
    read: () => undefined,
  });
  source({
    element: s.string,
    bounded: 'bounded',
    initial: () => ({ from: 0, to: 1 }),
    // @ts-expect-error positions are numbers
    read: (_r, { claim }) => void claim('first'),
  });
}

describe('the types of splittable functions', () => {
  it('are checked by the compiler', () => {
    expect(claims).toBeInstanceOf(Function);
  });
});
