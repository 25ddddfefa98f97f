// What the screens of those who run the shop share: their buttons, and names that stand in one line.
import type { AdminAction } from '../../domain/dialog/admin.ts';
import type { NamedStop } from '../../domain/stop-scope.ts';
import { formatScope } from '../../domain/stop-scope.ts';
import type { Button, Buttons, Row } from './keyboard.ts';
import { oneLine } from './render-html.ts';
import type { Speech } from './render-speech.ts';

export const doing = (label: string, action: AdminAction, { flow }: Buttons, style?: 'success'): Button =>
  flow(label, { type: 'admin', action }, style);

export const menuRow = ({ say }: Speech, buttons: Buttons): Row => [doing(say('admin.button.menu'), { type: 'menu' }, buttons)];

/** `Nimbus 25 (product:7205)`; the whole shop has no name of its own. */
export const scopeText = ({ scope, name }: Pick<NamedStop, 'scope' | 'name'>, { say }: Speech): string =>
  scope.kind === 'all' ? say('admin.stops.all') : `${oneLine(name, 60)} (${formatScope(scope)})`;
