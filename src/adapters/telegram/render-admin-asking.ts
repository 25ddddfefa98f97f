// What those who run the shop are asked to type, and what they are asked to confirm: all of what would happen stands there first.
import type { Audience } from '../../domain/announcement.ts';
import type { AdminAsking, AdminTask } from '../../domain/dialog/admin.ts';
import { assertNever } from '../../domain/result.ts';
import { formatScope } from '../../domain/stop-scope.ts';
import type { Buttons } from './keyboard.ts';
import { doing, menuRow, scopeText } from './render-admin-parts.ts';
import { bold, code, cut, escape, italic, labelled, lines, paragraphs } from './render-html.ts';
import type { Html } from './render-html.ts';
import { message } from './render-message.ts';
import type { RenderedMessage } from './render-message.ts';
import type { Speech } from './render-speech.ts';

type Asking = Exclude<AdminAsking, { for: 'nothing' }>;
type Task<Type extends AdminTask['type']> = Extract<AdminTask, { type: Type }>;

/** How a top-up is typed. */
export const TOP_UP_EXAMPLE = '123456789 50.00 EUR receipt-17';
const CREDIT_EXAMPLE = '100.00 USD';
/** The reason may be any words; a receipt's number is one in every language. */
const ADJUSTMENT_EXAMPLE = '-5.00 EUR receipt-17';

const reason = (why: string, { say }: Speech): Html => labelled(say('admin.confirm.reason'), escape(why));

const topUpLines = ({ topUp, second }: Task<'topUp'>, { say, money }: Speech): readonly Html[] => [
  lines(
    labelled(say('admin.order.customer'), code(String(topUp.customer))),
    labelled(say('admin.topUp.amount'), bold(money(topUp.amount))),
    labelled(say('admin.topUp.reference'), code(topUp.reference)),
  ),
  ...(second ? [italic(say('admin.confirm.second'))] : []),
];

const taskLines = (task: AdminTask, speech: Speech): readonly Html[] => {
  const { say, money } = speech;
  switch (task.type) {
    case 'putStop':
      return [lines(bold(scopeText(task, speech)), reason(task.why, speech))];
    case 'liftStop':
      return [bold(task.scope.kind === 'all' ? say('admin.stops.all') : formatScope(task.scope))];
    case 'resend':
      return [labelled(say('order.number'), code(task.order))];
    case 'rule':
      return [
        lines(
          labelled(say('order.number'), code(task.order)),
          bold(say(`admin.button.ruling.${task.ruling}`)),
          task.code === null ? null : labelled(say('admin.confirm.code'), code(cut(task.code, 500))),
          reason(task.why, speech),
        ),
      ];
    case 'revert':
      return [lines(labelled(say('order.number'), code(task.order)), reason(task.why, speech))];
    case 'topUp':
      return topUpLines(task, speech);
    case 'announce':
      return [escape(task.text), italic(say('admin.confirm.people', { number: task.people }))];
    case 'invite':
      return [bold(task.name)];
    case 'setCredit':
      return [
        lines(
          labelled(say('admin.order.customer'), code(String(task.agent))),
          labelled(say('admin.confirm.credit'), bold(money(task.credit))),
        ),
      ];
    case 'adjust': {
      const { customer, amount, why } = task.adjustment;
      return [
        lines(
          labelled(say('admin.order.customer'), code(String(customer))),
          labelled(say('admin.topUp.amount'), bold(`${amount.hundredths > 0 ? '+' : ''}${money(amount)}`)),
          reason(why, speech),
        ),
      ];
    }
    case 'block':
      return [code(String(task.agent))];
    default:
      return assertNever(task);
  }
};

const titleOf = (task: AdminTask, { say }: Speech): string =>
  task.type === 'block' ? say(task.block ? 'admin.confirm.block' : 'admin.confirm.unblock') : say(`admin.confirm.${task.type}`);

const audienceText = (audience: Audience, { say, nameOf }: Speech): string => {
  if ('group' in audience) return say('admin.announce.agents');
  return audience.language === null ? say('admin.announce.everybody') : nameOf(audience.language);
};

const promptOf = (asking: Exclude<Asking, { for: 'confirmation' }>, speech: Speech): Html => {
  const { say } = speech;
  switch (asking.for) {
    case 'orderSearch':
    case 'stopTarget':
    case 'rulingCode':
    case 'rulingReason':
    case 'revertReason':
    case 'agentName':
      return escape(say(`admin.ask.${asking.for}`));
    case 'stopReason':
      return lines(bold(scopeText(asking, speech)), escape(say('admin.ask.stopReason')));
    case 'topUp':
      return lines(escape(say('admin.ask.topUp')), code(TOP_UP_EXAMPLE));
    case 'credit':
      return lines(escape(say('admin.ask.credit')), code(CREDIT_EXAMPLE));
    case 'adjustment': {
      const isNamed = asking.customer !== null;
      const ask = say(isNamed ? 'admin.ask.adjustment' : 'admin.ask.customerAdjustment');
      return lines(escape(ask), code(isNamed ? ADJUSTMENT_EXAMPLE : `123456789 ${ADJUSTMENT_EXAMPLE}`));
    }
    case 'announcement': {
      return lines(bold(audienceText(asking.audience, speech)), escape(say('admin.ask.announcement')));
    }
    default:
      return assertNever(asking);
  }
};

export const renderAdminAsking = (asking: Asking, speech: Speech, buttons: Buttons): RenderedMessage => {
  if (asking.for !== 'confirmation') return message(promptOf(asking, speech), menuRow(speech, buttons));
  const { task, deed } = asking;
  return message(
    paragraphs(bold(titleOf(task, speech)), ...taskLines(task, speech)),
    [doing(speech.say('admin.button.confirm'), { type: 'confirm', deed }, buttons, 'success')],
    menuRow(speech, buttons),
  );
};
