// Sizes in words, at the borders between two units.
import { expect, it } from 'vitest';
import { fileSize } from '../../../src/sandbox/telegram/page/file-size.ts';

it.each([
  [0, '0 B'],
  [999, '999 B'],
  [1000, '1 kB'],
  [12_300, '12 kB'],
  [999_499, '999 kB'],
  [999_500, '1.0 MB'],
  [19_950_000, '19.9 MB'],
])('%i bytes are %s', (bytes, words) => {
  expect(fileSize(bytes)).toBe(words);
});
