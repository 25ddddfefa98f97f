// The phone book of the tests: the real one.
import { alpha2Of } from '../../src/adapters/i18n/countries.ts';
import { createPhoneBook } from '../../src/adapters/phone/phone-book.ts';

export const phones = createPhoneBook(alpha2Of);
