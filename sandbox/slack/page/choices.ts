import { isObject, objects } from '../blocks/interactive.ts';
import type { PersonView } from '../http/person-view.ts';
import type { Json } from '../world/model.ts';

/** One thing to choose. */
export interface Choice {
  readonly value: string;
  readonly label: string;
  readonly description?: string | undefined;
  readonly group?: string | undefined;
}

/** What an element offers: its own options, or people and channels. */
export function choicesOf(element: Json, view: PersonView): Choice[] {
  const type = String(element.type);
  if (type.includes('users_select')) {
    return view.people.map(({ id, realName }) => ({ value: id, label: realName }));
  }
  if (type.includes('channels_select') || type.includes('conversations_select')) {
    const channels = view.channels.filter(({ kind }) => kind !== 'im');
    return channels.map(({ id, name }) => ({ value: id, label: `#${name}` }));
  }
  const grouped = objects(element.option_groups).flatMap((group) =>
    objects(group.options).map((option) => ({ ...toChoice(option), group: textOf(group.label) })),
  );
  return [...objects(element.options).map(toChoice), ...grouped];
}

function toChoice(option: Json): Choice {
  return {
    value: String(option.value),
    label: textOf(option.text),
    description: textOf(option.description) || undefined,
  };
}

function textOf(text: unknown): string {
  return isObject(text) && typeof text.text === 'string' ? text.text : '';
}
