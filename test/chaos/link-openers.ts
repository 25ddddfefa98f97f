// The people whom orders of a campaign are handed to: each link is opened by two of them at the same moment, some while it is being taken back.
import type { Customer } from '../../src/sandbox/telegram/customer.ts';
import { does } from '../e2e/buttons.ts';

export type LinkOpeners = {
  /** Links that were opened, and those of them that their seller took back at the same moment. */
  readonly counts: { linksOpened: number; linksTakenBack: number };
  /** Has all new links opened. */
  openNew(): void;
  /** Everybody opens their links again: what was theirs may have got lost on its way to them. */
  openAgain(): void;
};

const ARGUMENT = /^https:\/\/t\.me\/\w+\?start=(ho_[\w-]+)$/;

/** What stands in the link that hands an order over; null for what is no such link. */
export const linkArgument = (text: string | undefined): string | null => ARGUMENT.exec(text ?? '')?.[1] ?? null;

export const createLinkOpeners = (customers: readonly Customer[], random: () => number): LinkOpeners => {
  const opened = new Map<string, readonly Customer[]>();
  const counts = { linksOpened: 0, linksTakenBack: 0 };
  const somebody = (but: readonly Customer[]): Customer[] => {
    const others = customers.filter((customer) => !but.includes(customer));
    return others.slice(Math.floor(random() * others.length)).slice(0, 1);
  };

  return {
    counts,
    openNew: () => {
      for (const seller of customers) {
        for (const { id, buttons } of seller.messages()) {
          const argument = buttons.flat().flatMap(({ copyText }) => linkArgument(copyText) ?? [])[0];
          if (argument === undefined || opened.has(argument)) continue;
          const first = somebody([seller]);
          const rivals = [...first, ...somebody([seller, ...first])];
          opened.set(argument, rivals);
          counts.linksOpened += 1;
          const takeBack = buttons.flat().find(does('ks:tb'))?.callbackData;
          if (takeBack !== undefined && random() < 0.2) {
            counts.linksTakenBack += 1;
            seller.tapRaw(takeBack, id);
          }
          for (const rival of rivals) rival.sendText(`/start ${argument}`);
        }
      }
    },
    openAgain: () => {
      for (const [argument, rivals] of opened) for (const rival of rivals) rival.sendText(`/start ${argument}`);
    },
  };
};
