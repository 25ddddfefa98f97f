// What the customers of the demo do: one sale of each family, both ways round, and what happens when it does not go smoothly.
import type { Narrator } from './narrator.ts';

export type Story = {
  readonly title: string;
  readonly name: string;
  readonly play: (customer: Narrator) => Promise<void>;
};

export const stories: readonly Story[] = [
  {
    title: 'A gift card, by what the customer pays',
    name: 'Ana',
    play: async ({ says, taps, sees }) => {
      await says('/start', /country/i);
      await taps(/Spain/, /Brands/);
      await taps(/Lumbre Home/, /Lumbre Home/);
      await taps(/Gift Card/, /Gift Card/);
      await taps(/25\.00/, /You pay/);
      await taps(/Buy for/, /Buying/);
      await sees(/Here is your code/);
    },
  },
  {
    title: 'A gift card, by what they receive',
    name: 'Ben',
    play: async ({ says, taps, sees }) => {
      await says('palmera', /Palmera/);
      await taps(/Any Amount/, /Any Amount/);
      await taps(/receive/i, /receive/i);
      await says('400', /You pay/);
      await taps(/Buy for/, /Buying/);
      await sees(/Here is your code/);
    },
  },
  {
    title: 'A top-up, for the number of a shared contact',
    name: 'Carla',
    play: async ({ says, taps, shares, sees }) => {
      await says('caracola', /Caracola/);
      await taps(/Recarga/, /number/i);
      await shares({ firstName: 'Yanet', phoneNumber: '+5355512345' }, /For \+53/);
      await taps(/\$10\.00/, /You pay/);
      await taps(/Buy for/, /Buying/);
      await sees(/Topped up/);
    },
  },
  {
    title: 'A supermarket voucher, with a slip of the finger in the document',
    name: 'Dora',
    play: async ({ says, taps, sees }) => {
      await says('huerta luna', /Huerta Luna/);
      await taps(/20\.00/, /document/i);
      await says('99999999A', /check digit/i);
      await says('99999999R', /First name/);
      await says('Dora', /Surname/);
      await says('Campos', /You pay/);
      await taps(/Buy for/, /Buying/);
      await sees(/Here is your code/);
    },
  },
  {
    title: 'A bill, by the invoices of one’s choice',
    name: 'Elias',
    play: async ({ says, taps, sees }) => {
      await says('manantial', /contrato/i);
      await says('12345678', /Zona/);
      await taps(/CENTRO/, /Tap the invoices/);
      await taps(/⬜️ 1\. /, /Tap the invoices/);
      await taps(/^💳 Pay/, /You pay/);
      await taps(/^✅ Pay/, /now/);
      await sees(/Bill paid/);
    },
  },
  {
    title: 'A ticket of a raffle',
    name: 'Fabio',
    play: async ({ says, taps, sees }) => {
      await says('estrella', /Estrella/);
      await taps(/1\. /, /You pay/);
      await taps(/Buy for/, /Buying/);
      await sees(/Here is your code/);
    },
  },
  {
    title: 'Out of funds',
    name: 'Greta',
    play: async ({ says, taps }) => {
      await says('lumbre', /Lumbre Home/);
      await taps(/Any Amount/, /Any Amount/);
      await says('150', /You pay/);
      await taps(/Buy for/, /not enough|available|balance/i);
    },
  },
  {
    title: 'A late code',
    name: 'Hugo',
    play: async ({ says, taps, sees }) => {
      await says('fonda', /Fonda/);
      await taps(/150\.00/, /You pay/);
      await taps(/Buy for/, /Buying/);
      await sees(/late|issued|moment|soon/i);
      await sees(/Here is your code/);
    },
  },
];
