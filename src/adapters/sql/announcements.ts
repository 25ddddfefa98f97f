// Announcements in SQL: a row for each recipient, due and leased like every other message that is owed.
import type { Kysely, Transaction } from 'kysely';
import { z } from 'zod';
import type { Audience, Progress } from '../../domain/announcement.ts';
import { LANGUAGES } from '../../domain/dialog/language.ts';
import type { Language } from '../../domain/dialog/language.ts';
import { parseChatId, parseMessageId } from '../../domain/ids.ts';
import type { ChatId, MessageId } from '../../domain/ids.ts';
import type { Result } from '../../domain/result.ts';
import type { Announcement, Announcements, RecipientOutcome } from '../../app/ports/announcements.ts';
import type { RecordAction } from './admin-actions.ts';
import type { Tables } from './schema.ts';
import { transact } from './transaction.ts';

const id = <Id extends number>(parse: (value: number) => Result<Id, unknown>) =>
  z.custom<Id>((value) => typeof value === 'number' && parse(value).ok);

const language = z.enum(LANGUAGES);
const audience: z.ZodType<Audience> = z.union([
  z.object({ language: language.nullable() }),
  z.object({ group: z.literal('agents') }),
]);

const announcementRow = z.object({
  id: z.int(),
  text: z.string(),
  audience: z.string().transform((json) => audience.parse(JSON.parse(json))),
  chat: id<ChatId>(parseChatId),
  language,
  message_id: id<MessageId>(parseMessageId).nullable(),
  stopped: z.int(),
});

const recipientRow = z.object({
  id: z.int(),
  announcement: z.int(),
  chat: id<ChatId>(parseChatId),
  text: z.string(),
  tries: z.int(),
});

type Outcome = Exclude<RecipientOutcome['kind'], 'postponed'> | 'stopped';

/** The private chats of those who sell. A private chat has its customer's id. */
const chatsOfAgents = (db: Kysely<Tables>) =>
  db
    .selectFrom('members')
    .leftJoin('members as agents', 'agents.id', 'members.agent')
    .select('members.id as chat')
    .where(({ and, or, eb }) =>
      and([eb('members.blocked', '=', 0), or([eb('agents.blocked', 'is', null), eb('agents.blocked', '=', 0)])]),
    );

/**
 * The private chats of everybody who ever ordered. A customer's language is that of their last order, as it stands in its terms: there a
 * quote inside of a text is escaped, so that only the property itself can read like this.
 */
const chatsOfCustomers = (db: Kysely<Tables>, only: Language | null) => {
  const everybody = db.selectFrom('orders').select('orders.chat as chat').distinct().where('orders.chat', '>', 0);
  if (only === null) return everybody;
  return everybody
    .where('orders.terms', 'like', `%"language":"${only}"%`)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('orders as later')
            .select('later.id')
            .whereRef('later.chat', '=', 'orders.chat')
            .whereRef('later.placed_at', '>', 'orders.placed_at'),
        ),
      ),
    );
};

const chatsOf = (db: Kysely<Tables>, to: Audience) => ('group' in to ? chatsOfAgents(db) : chatsOfCustomers(db, to.language));

const due = (db: Kysely<Tables>) => db.selectFrom('announcement_recipients').where('due_at', 'is not', null);

export const createAnnouncements = (db: Kysely<Tables>, record: RecordAction): Announcements => {
  const progressOf = async (announcement: number, stopped: boolean): Promise<Progress> => {
    const rows = await db
      .selectFrom('announcement_recipients')
      .select(({ fn }) => ['outcome', fn.countAll().as('count')])
      .where('announcement', '=', announcement)
      .groupBy('outcome')
      .execute();
    const count = (outcome: Outcome | null): number => Number(rows.find((row) => row.outcome === outcome)?.count ?? 0);
    return {
      id: announcement,
      sent: count('sent'),
      blocked: count('blocked'),
      failed: count('failed'),
      left: count(null),
      stopped,
    };
  };

  const read = async (row: unknown): Promise<Announcement> => {
    const { message_id: message, stopped, ...rest } = announcementRow.parse(row);
    return { ...rest, message, progress: await progressOf(rest.id, stopped === 1) };
  };

  const insertRecipients = async (trx: Transaction<Tables>, announcement: number, to: Audience, at: number): Promise<void> => {
    await trx
      .insertInto('announcement_recipients')
      .columns(['announcement', 'chat', 'due_at', 'tries'])
      .expression(
        trx
          .selectFrom(chatsOf(trx, to).as('addressed'))
          .select(({ val, cast }) => [
            cast<number>(val(announcement), 'bigint').as('announcement'),
            'addressed.chat',
            cast<number>(val(at), 'bigint').as('due_at'),
            cast<number>(val(0), 'integer').as('tries'),
          ]),
      )
      .execute();
  };

  return {
    countAudience: async (to) => {
      const rows = await chatsOf(db, to).execute();
      return rows.length;
    },

    announce: (draft, confirmed, startsAt) =>
      transact(db, async (trx) => {
        const { text, audience: to, chat, language: shownIn } = draft;
        const { key, by, at } = confirmed;
        const target = 'group' in to ? to.group : (to.language ?? 'everybody');
        if (await record(trx, { ...confirmed, deed: 'announced', target, before: null, after: { text } })) {
          const { id: announcement } = await trx
            .insertInto('announcements')
            .values({ key, by, at, text, audience: JSON.stringify(to), chat, language: shownIn, message_id: null, stopped: 0 })
            .returning('id')
            .executeTakeFirstOrThrow();
          await insertRecipients(trx, announcement, to, startsAt);
        }
        return trx.selectFrom('announcements').selectAll().where('key', '=', key).executeTakeFirstOrThrow();
      }).then(read),

    claimRecipients: async (now, leaseUntil, limit) => {
      // An idle worker asks again and again: it must not take SQLite's one write lock for that.
      if ((await due(db).select('id').where('due_at', '<=', now).limit(1).executeTakeFirst()) === undefined) return [];
      return transact(db, async (trx) => {
        // Whoever claims at the same time waits here, and then sees the other's lease.
        await trx
          .selectFrom('announcements')
          .select('id')
          .where('id', 'in', due(trx).select('announcement'))
          .orderBy('id')
          .forUpdate()
          .execute();
        const leased = await due(trx).select('id').where('lease_until', '>', now).limit(1).executeTakeFirst();
        if (leased !== undefined) return [];
        const rows = await trx
          .selectFrom('announcement_recipients as recipient')
          .innerJoin('announcements', 'announcements.id', 'recipient.announcement')
          .select(['recipient.id', 'recipient.announcement', 'recipient.chat', 'announcements.text', 'recipient.tries'])
          .where('recipient.due_at', '<=', now)
          .orderBy('recipient.due_at')
          .orderBy('recipient.id')
          .limit(limit)
          .execute();
        const recipients = rows.map((row) => recipientRow.parse(row));
        if (recipients.length > 0) {
          await trx
            .updateTable('announcement_recipients')
            .set((row) => ({ lease_until: leaseUntil, tries: row('tries', '+', 1) }))
            .where(
              'id',
              'in',
              recipients.map((recipient) => recipient.id),
            )
            .execute();
        }
        return recipients;
      });
    },

    concludeRecipient: async (recipient, outcome) => {
      const columns =
        outcome.kind === 'postponed' ? { due_at: outcome.until } : { due_at: null, outcome: outcome.kind satisfies Outcome };
      await db
        .updateTable('announcement_recipients')
        .set({ ...columns, lease_until: null })
        .where('id', '=', recipient)
        // What was stopped on the way stays stopped, and a slow sender can't bring back what another one has concluded; but who
        // was told after all is counted.
        .where((row) =>
          outcome.kind === 'sent'
            ? row.or([row('due_at', 'is not', null), row('outcome', '=', 'stopped')])
            : row('due_at', 'is not', null),
        )
        .execute();
    },

    announcement: async (announcement) => {
      const row = await db.selectFrom('announcements').selectAll().where('id', '=', announcement).executeTakeFirst();
      return row === undefined ? null : read(row);
    },

    announcements: async (limit) => {
      const rows = await db.selectFrom('announcements').selectAll().orderBy('id', 'desc').limit(limit).execute();
      return Promise.all(rows.map(read));
    },

    rememberProgress: async (announcement, message) => {
      await db.updateTable('announcements').set({ message_id: message }).where('id', '=', announcement).execute();
    },

    stopAnnouncement: (announcement, by, at) =>
      transact(db, async (trx) => {
        const row = await trx
          .selectFrom('announcements')
          .select('id')
          .where('id', '=', announcement)
          .forUpdate()
          .executeTakeFirst();
        if (row === undefined) return 'unknown';
        const { numUpdatedRows } = await trx
          .updateTable('announcement_recipients')
          .set({ due_at: null, outcome: 'stopped' })
          .where('announcement', '=', announcement)
          .where('due_at', 'is not', null)
          .executeTakeFirst();
        if (numUpdatedRows === 0n) return 'over';
        await trx.updateTable('announcements').set({ stopped: 1 }).where('id', '=', announcement).execute();
        const after = { notTold: Number(numUpdatedRows) };
        await record(trx, {
          key: `announcement ${announcement} stopped`,
          by,
          at,
          deed: 'announcementStopped',
          target: String(announcement),
          before: null,
          after,
        });
        return 'stopped';
      }),
  };
};
