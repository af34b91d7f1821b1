import type { Schema } from './schema.js';

export function jsonText(x: unknown): string {
  return JSON.stringify(x);
}

export function jsonReader<T>(_schema: Schema<T>): (text: string) => T {
  return (text) => JSON.parse(text) as T;
}
