// The signature against vectors that were computed by other means, and against the mistakes that are easy to make.
import { describe, expect, it } from 'vitest';
import { createSigner } from '../../../src/adapters/evsb/auth.ts';

const NOON = 1_735_732_800_000;

describe('createSigner', () => {
  const sign = createSigner('demo-channel-01', 'Correct-Horse-42');

  it('signs the known vector', () => {
    expect(sign(NOON)).toEqual({
      U: 'demo-channel-01',
      ST: '1735732800',
      SH: '898408819b08d1094bdadc3f8079967c107838e61ea09a0ca3d24a6a9758dede',
    });
  });

  it('signs each second anew, and whole seconds only', () => {
    expect(sign(NOON + 999).SH).toBe(sign(NOON).SH);
    expect(sign(NOON + 1_000)).toMatchObject({
      ST: '1735732801',
      SH: '7c6b4773be4ce3e49398dd7481508ad6eec5dd5f0b79578a72409e6009db5b05',
    });
  });

  it('hashes the password as UTF-8', () => {
    expect(createSigner('u', 'contraseña €')(NOON).SH).toBe('232a1604ddbb6a51e7aa0992abbe02d0354ee4e7fc1accf907b8fbe9a6005282');
  });

  it.each([
    ['raw digests', '669a5468ecfddb7931d6fd3befee5fd8dba2571f9dfcd95f57186f5a34ad807a'],
    ['upper-case digests', 'ba02885a4667a3732dc014664534484742d9fda7b47bd3d79ed01f5197abbd03'],
  ])('does not hash %s', (_, wrong) => {
    expect(sign(NOON).SH).not.toBe(wrong);
  });
});
