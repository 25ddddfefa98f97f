// What the shop can sell: countries, operators (brands) and products, composed from the supplier's list and our overlay.
import type { DocumentKind } from './check-digit.ts';
import type { ProductId } from './ids.ts';
import type { Currency, Hundredths, Rate } from './money.ts';
import { fail, ok } from './result.ts';
import type { Result } from './result.ts';
import { isStopped } from './stop.ts';
import type { Stop } from './stop.ts';

/** ISO 3166-1 numeric code: 192 is Cuba. */
export type CountryId = number;
export type Country = { readonly id: CountryId; readonly name: string };

/** Which amounts of the sale currency a product takes: listed values, or a range with inclusive bounds. All in hundredths. */
export type AmountRule =
  | { readonly kind: 'list'; readonly values: readonly Hundredths[] }
  | { readonly kind: 'range'; readonly from: Hundredths; readonly to: Hundredths; readonly step: Hundredths };

/** Which of the supplier's endpoints sells a product: the list does not say. */
export type Family = 'voucher' | 'recharge' | 'supermarket' | 'bill';

/** One of the values that a field takes. `value` is what is sent, `label` what is shown. */
export type FieldOption = { readonly value: string; readonly label: string };

/**
 * What a purchase asks of its buyer. `name` is the supplier's key. `mask`: `#` is one digit, any other character stands for itself; an
 * account without one takes the listed mask.
 */
export type RequiredField = {
  readonly name: string;
  readonly kind: 'phone' | 'login' | 'email' | 'document' | 'name' | 'text' | 'choice';
  readonly mask: string | null;
  /** What the supplier calls it, by language; `und` where it does not say which. Left out: our own words for the kind. */
  readonly labels?: Readonly<Record<string, string>>;
  /** In characters; null where nothing is said. */
  readonly lengths?: { readonly least: number | null; readonly most: number | null };
  /** Of a choice, and of nothing else. */
  readonly options?: readonly FieldOption[];
  /** Which document it is, where the shop's owner knows; it decides the check digit. */
  readonly document?: DocumentKind;
};

/** A product as the supplier lists it, already parsed. `fee` is eVSB's `serviceFee`, whose unit nobody has confirmed. */
export type ListedProduct = {
  readonly id: ProductId;
  readonly name: string;
  readonly description: string;
  readonly countryId: CountryId;
  readonly countryName: string;
  readonly topupType: string;
  readonly mask: string | null;
  readonly amount: AmountRule;
  readonly saleCurrency: Currency;
  readonly destinationCurrency: Currency;
  readonly rate: Rate | null;
  readonly fee: number;
};

/** What the shop's owner adds to a listed product, keyed by its id. Only products with an entry are sold: the list does not say which endpoint sells them. */
export type OverlayEntry = {
  readonly brand: string;
  readonly family: Family;
  readonly fields: readonly RequiredField[];
  /** Amounts of an `assumed` unit may be off by a factor of 22 or 100; such products sell in the sandbox only. */
  readonly unit: 'confirmed' | 'assumed';
  /** Which amount the purchase sends: `amountToSendX100` or `destinationAmountX100`. */
  readonly purchaseBy: 'send' | 'receive';
  /** No sale above this price, in hundredths of the sale currency. */
  readonly ceiling: Hundredths | null;
  /** Whether the supplier undoes a sale of it. Vouchers are assumed not to be: a code that was seen can't be taken back. */
  readonly revertible: boolean;
  /** What it sells is a list of items that exists, with its prices, at sale time only: the catalogue's own amounts do not count. */
  readonly dynamic: boolean;
  /** Whose calendar the days of its items are of, by an IANA name. */
  readonly timeZone: string;
  /** Products of a lower order come first, then by name; an operator goes by the lowest order of its products. A whole number. */
  readonly order: number;
  /** Known to the shop and not sold. */
  readonly hidden: boolean;
};
export type Overlay = Readonly<Record<string, OverlayEntry>>;

export type Product = ListedProduct & OverlayEntry & { readonly operatorId: OperatorId };

/** An operator is named by the smallest of its product ids: short, and stable while that product is listed. */
export type OperatorId = ProductId;
export type Operator = {
  readonly id: OperatorId;
  readonly name: string;
  readonly countryId: CountryId;
  readonly products: readonly Product[];
};

export type Catalog = {
  readonly countries: readonly Country[];
  readonly operators: readonly Operator[];
  readonly products: ReadonlyMap<ProductId, Product>;
  /** Those that the shop sells for more than the supplier takes: an amount of them is not their price. */
  readonly marked: ReadonlySet<ProductId>;
};

const byName = (a: { readonly name: string }, b: { readonly name: string }): number => a.name.localeCompare(b.name, 'en');

const byOrder = (a: Product, b: Product): number => a.order - b.order || byName(a, b);

const smallest = (ids: readonly ProductId[]): ProductId => ids.reduce((least, id) => (id < least ? id : least));

/** Whether the shop sells a product at all: hidden ones it does not, nor those of an assumed unit outside the sandbox. */
export const isSold = (entry: OverlayEntry | undefined, sellAssumed: boolean): entry is OverlayEntry =>
  entry !== undefined && !entry.hidden && (entry.unit === 'confirmed' || sellAssumed);

/** The products of each brand of a country that the overlay names and does not hide, with the operator that they make. */
const shelvesOf = (listed: readonly ListedProduct[], overlay: Overlay): readonly (readonly Product[])[] => {
  const shelves = new Map<string, (ListedProduct & OverlayEntry)[]>();
  for (const product of listed) {
    const entry = overlay[String(product.id)];
    if (entry === undefined || entry.hidden) continue;
    const shelf = `${product.countryId} ${entry.brand}`;
    const fields = entry.fields.map((field) =>
      field.name === 'account' ? { ...field, mask: field.mask ?? product.mask } : field,
    );
    shelves.set(shelf, [...(shelves.get(shelf) ?? []), { ...product, ...entry, fields }]);
  }
  return Array.from(shelves.values(), (shelf) => {
    const operatorId = smallest(shelf.map((product) => product.id));
    return shelf.map((product): Product => ({ ...product, operatorId }));
  });
};

/** The operator of a shelf, which has the products of it that are on sale; null when there are none. */
const operatorOf = (products: readonly Product[]): Operator | null => {
  const [first] = products;
  if (first === undefined) return null;
  return { id: first.operatorId, name: first.brand, countryId: first.countryId, products: products.toSorted(byOrder) };
};

const lowestOrder = ({ products }: Operator): number => Math.min(...products.map(({ order }) => order));

/**
 * Joins the supplier's list with the overlay. Products without an entry, hidden ones, those of an assumed unit outside the sandbox and
 * those that are stopped stay out; but a stop changes no operator's id.
 */
export const composeCatalog = (
  listed: readonly ListedProduct[],
  overlay: Overlay,
  sellAssumed: boolean,
  stops: readonly Stop[] = [],
  isMarked: (product: Product) => boolean = () => false,
): Catalog => {
  const operators = shelvesOf(listed, overlay)
    .map((shelf) => operatorOf(shelf.filter((product) => isSold(product, sellAssumed) && !isStopped(stops, product))))
    .filter((operator) => operator !== null)
    .sort((a, b) => lowestOrder(a) - lowestOrder(b) || byName(a, b));
  const products = new Map(operators.flatMap((operator) => operator.products.map((product) => [product.id, product] as const)));
  const countries = new Map<CountryId, Country>();
  for (const { id, countryId, countryName } of listed) {
    if (products.has(id) && !countries.has(countryId)) countries.set(countryId, { id: countryId, name: countryName });
  }
  const marked = new Set([...products.values()].filter(isMarked).map(({ id }) => id));
  return { countries: [...countries.values()].sort(byName), operators, products, marked };
};

export const findCountry = (catalog: Catalog, id: CountryId): Country | null =>
  catalog.countries.find((c) => c.id === id) ?? null;

export const findOperator = (catalog: Catalog, id: OperatorId): Operator | null =>
  catalog.operators.find((o) => o.id === id) ?? null;

export type AmountProblem =
  | { readonly kind: 'notListed' }
  | { readonly kind: 'tooSmall'; readonly least: Hundredths }
  | { readonly kind: 'tooLarge'; readonly most: Hundredths }
  | { readonly kind: 'offStep'; readonly step: Hundredths; readonly nearest: Hundredths };

/** Checks a sale amount against the product's rule; the bounds belong to the range, and steps count from `from`. */
export const checkAmount = (rule: AmountRule, amount: Hundredths): Result<Hundredths, AmountProblem> => {
  if (rule.kind === 'list') return rule.values.includes(amount) ? ok(amount) : fail({ kind: 'notListed' });
  if (amount < rule.from) return fail({ kind: 'tooSmall', least: rule.from });
  if (amount > rule.to) return fail({ kind: 'tooLarge', most: rule.to });
  const over = (amount - rule.from) % rule.step;
  if (over === 0) return ok(amount);
  const below = (amount - over) as Hundredths;
  const above = (below + rule.step) as Hundredths;
  return fail({ kind: 'offStep', step: rule.step, nearest: over * 2 < rule.step || above > rule.to ? below : above });
};
