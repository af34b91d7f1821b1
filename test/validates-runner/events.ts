import { s } from 'strahl';
import { testStream } from 'strahl/testing';

/** A key and a number. */
export const Event = s.row({ key: s.string, n: s.int });

/** The start of a test stream of them. */
export const events = () => testStream(Event);
