// What the databases call by different names, so that the tables are described once.
import type { ColumnDataType, ColumnDefinitionBuilder, RawBuilder } from 'kysely';

type ColumnType = ColumnDataType | RawBuilder<unknown>;

export type ColumnTypes = {
  /** Equal and sorted by its bytes. */
  readonly text: ColumnType;
  readonly bytes: ColumnType;
  /** The type of a key that the database counts up by itself, and the property that makes it do so. */
  readonly counter: ColumnType;
  readonly counting: (column: ColumnDefinitionBuilder) => ColumnDefinitionBuilder;
};
